package io.waypost.agent.phrase;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** Phrases by what they may begin with. */
final class PhraseIndex {

	private final Map<String, List<Phrase>> byWord = new HashMap<>();

	/** By the first letter of the beginning; shorter beginnings come first. */
	private final Map<Character, List<BeginningPhrases>> byBeginning = new HashMap<>();

	private final List<Phrase> byNumber = new ArrayList<>();

	private final List<Phrase> byAnyWord = new ArrayList<>();

	void add(Phrase phrase) {
		for (Phrase.Element element : phrase.elements()) {
			element.words().forEach((word) -> add(this.byWord, word, phrase));
			element.sequences().forEach((words) -> add(this.byWord, words.getFirst(), phrase));
			element.beginnings().forEach((beginning) -> addBeginning(beginning, phrase));
			if (element.number()) {
				this.byNumber.add(phrase);
			}
			if (!element.optional()) {
				return;
			}
		}
	}

	private static void add(Map<String, List<Phrase>> index, String word, Phrase phrase) {
		index.computeIfAbsent(word, (key) -> new ArrayList<>()).add(phrase);
	}

	private void addBeginning(String beginning, Phrase phrase) {
		if (beginning.isEmpty()) {
			this.byAnyWord.add(phrase);
			return;
		}
		List<BeginningPhrases> letter = this.byBeginning.computeIfAbsent(beginning.charAt(0),
				(key) -> new ArrayList<>());
		for (BeginningPhrases known : letter) {
			if (known.beginning().equals(beginning)) {
				known.phrases().add(phrase);
				return;
			}
		}
		letter.add(new BeginningPhrases(beginning, new ArrayList<>(List.of(phrase))));
		letter.sort(Comparator.comparingInt((known) -> known.beginning().length()));
	}

	/** Passes the phrases that may begin at a token. */
	void candidates(TextTokens tokens, int at, Consumer<List<Phrase>> consumer) {
		String word = tokens.word(at);
		pass(this.byWord.get(word), consumer);
		List<BeginningPhrases> letter = this.byBeginning.isEmpty() ? null : this.byBeginning.get(word.charAt(0));
		if (letter != null) {
			for (BeginningPhrases beginning : letter) {
				if (word.startsWith(beginning.beginning())) {
					consumer.accept(beginning.phrases());
				}
			}
		}
		pass(this.byAnyWord, consumer);
		if (!this.byNumber.isEmpty() && SpelledNumbers.read(tokens, at) != null) {
			consumer.accept(this.byNumber);
		}
	}

	private static void pass(@Nullable List<Phrase> phrases, Consumer<List<Phrase>> consumer) {
		if (phrases != null && !phrases.isEmpty()) {
			consumer.accept(phrases);
		}
	}

	/**
	 * Phrases whose first word begins so.
	 *
	 * @param beginning the first letters
	 * @param phrases the phrases
	 */
	private record BeginningPhrases(String beginning, List<Phrase> phrases) {

	}

}
