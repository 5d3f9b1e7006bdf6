package io.waypost.agent.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.agent.phrase.PhraseGrammar;
import io.waypost.agent.phrase.PhraseGrammar.PhraseMatch;
import io.waypost.agent.phrase.TextTokens;

/**
 * Phrases of a language by group, read from {@code language/phrases-<code>.txt}. Their
 * words are split like sentences, so accents and apostrophes count.
 */
final class CopyPhrases {

	private static final Map<String, CopyPhrases> LOADED = new ConcurrentHashMap<>();

	private final PhraseGrammar grammar;

	private CopyPhrases(String language) {
		boolean elisions = language.equals("fr");
		this.grammar = language.isEmpty() ? PhraseGrammar.empty() : PhraseGrammar
			.read("/language/phrases-" + language + ".txt", (word) -> CopySentence.of(word, elisions).lower());
	}

	/**
	 * Returns the phrases of a language; there are none for one that is not supported.
	 */
	static CopyPhrases of(String language) {
		CopyPhrases loaded = LOADED.get(language);
		return (loaded != null) ? loaded
				: LOADED.computeIfAbsent(LanguageModel.isSupported(language) ? language : "", CopyPhrases::new);
	}

	/** Returns the names of the groups that begin with a prefix. */
	List<String> groups(String prefix) {
		return this.grammar.sections().stream().filter((name) -> name.startsWith(prefix)).toList();
	}

	/** Whether a group has this one word. */
	boolean isIn(String group, String word) {
		return this.grammar.contains(group, word);
	}

	/**
	 * Finds the phrases of a group.
	 * @param group name of the group
	 * @param tokens words in lower case
	 * @return what was found, as written; a word belongs to at most one phrase
	 */
	List<String> find(String group, List<String> tokens) {
		List<PhraseMatch> matches = this.grammar.find(group, TextTokens.ofWords(tokens));
		if (matches.isEmpty()) {
			return List.of();
		}
		List<String> found = new ArrayList<>(matches.size());
		for (PhraseMatch match : matches) {
			found.add(String.join(" ", tokens.subList(match.start(), match.end())));
		}
		return found;
	}

}
