package io.waypost.agent.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.waypost.agent.embed.SentenceEmbedding;
import io.waypost.agent.evaluate.DraftScores.ScorePart;

/**
 * Scores whether the body consists of sentences of its language: word order, spelling,
 * and sentences in another language.
 */
final class FluencyScorer {

	/**
	 * Word order, less {@link #CLASH_COST} times the clashes, of the weakest fluent copy.
	 */
	private static final Map<String, Double> LOWEST = Map.of("en", -2.5, "de", -2.35, "fr", -1.75);

	private static final double CLASH_COST = 2;

	/** Shares of function words below which a text is a heap of nouns. */
	private static final Map<String, Double> FUNCTION_WORDS = Map.of("en", 0.22, "de", 0.245, "fr", 0.24);

	/** Shares of unknown words from which the spelling is not acceptable. */
	private static final Map<String, Double> UNKNOWN = Map.of("en", 0.12, "de", 0.42, "fr", 0.1);

	List<ScorePart> parts(CopyText copy) {
		LanguageModel model = LanguageModel.of(copy.language());
		return (model == null) ? List.of() : List.of(order(copy, model), functionWords(copy), agreement(copy),
				spelling(copy, model), sentenceLanguage(copy, model));
	}

	/** 0.7 at the lowest acceptable word order. */
	private static ScorePart order(CopyText copy, LanguageModel model) {
		double order = 0;
		double clashes = 0;
		double tokens = 0;
		for (CopySentence sentence : copy.sentences(3)) {
			int size = sentence.tokens().size();
			order += model.order(sentence) * size;
			clashes += model.clashes(sentence) * size;
			tokens += size;
		}
		double fluency = (tokens > 0) ? (order - CLASH_COST * clashes) / tokens : 0;
		double value = 0.7 + (fluency - of(LOWEST, copy)) * 0.25;
		return ScorePart.limiting("quality", "fluency", value, "word order %.2f bits above chance, clashes %.2f"
			.formatted(order / Math.max(1, tokens), clashes / Math.max(1, tokens)));
	}

	/**
	 * Sentences have articles, pronouns, prepositions, auxiliaries; heaps of nouns do
	 * not.
	 */
	private static ScorePart functionWords(CopyText copy) {
		CopyPhrases phrases = CopyPhrases.of(copy.language());
		int words = 0;
		int function = 0;
		for (CopySentence sentence : copy.sentences(4)) {
			for (String word : sentence.lower()) {
				boolean counts = Character.isLetter(word.charAt(0)) && !copy.names().contains(word);
				words += counts ? 1 : 0;
				function += (counts && phrases.isIn("core", word)) ? 1 : 0;
			}
		}
		double share = (double) function / Math.max(1, words);
		double value = (words < 12) ? 1 : 0.7 + (share - of(FUNCTION_WORDS, copy)) * 4;
		return ScorePart.limiting("quality", "function_words", value,
				"%d of %d words are articles, pronouns, prepositions and the like".formatted(function, words));
	}

	/** Articles, nouns and verbs that do not agree. One slip is accepted. */
	private static ScorePart agreement(CopyText copy) {
		CopyPhrases phrases = CopyPhrases.of(copy.language());
		List<String> found = new ArrayList<>();
		copy.body().forEach((sentence) -> found.addAll(phrases.find("disagreement", sentence.lower())));
		return ScorePart.limiting("quality", "agreement", 1 - 0.25 * found.size(),
				found.isEmpty() ? "no forms that disagree" : "disagree: " + String.join(", ", found));
	}

	private static ScorePart spelling(CopyText copy, LanguageModel model) {
		List<String> unknown = new ArrayList<>();
		int words = 0;
		for (CopySentence sentence : copy.body()) {
			for (int at = 0; at < sentence.lower().size(); at++) {
				if (isSpelt(copy, sentence, at)) {
					words++;
					if (!isKnown(sentence.lower().get(at), copy.language(), model)) {
						unknown.add(sentence.lower().get(at));
					}
				}
			}
		}
		double share = (unknown.size() < 2) ? 0 : (double) unknown.size() / Math.max(words, 8);
		double value = 1 - 0.3 * share / of(UNKNOWN, copy);
		return ScorePart.limiting("quality", "spelling", value,
				unknown.isEmpty() ? "all words are known" : "%d of %d words are unknown: %s".formatted(unknown.size(),
						words, String.join(", ", unknown.subList(0, Math.min(5, unknown.size())))));
	}

	/** Names and short words are not checked. German nouns are. */
	private static boolean isSpelt(CopyText copy, CopySentence sentence, int at) {
		String word = sentence.lower().get(at);
		return word.length() >= 4 && Character.isLetter(word.charAt(0)) && !copy.names().contains(word)
				&& !copy.facts().contains(word) && (copy.language().equals("de") || at == 0
						|| !Character.isUpperCase(sentence.tokens().get(at).charAt(0)));
	}

	private static ScorePart sentenceLanguage(CopyText copy, LanguageModel model) {
		for (CopySentence sentence : copy.sentences(4)) {
			if (LanguageDetector.isForeign(sentence.lower(), copy.language())
					|| knownShare(sentence, copy, model) < 0.35) {
				return ScorePart.limiting("quality", "sentence_language", 0.2,
						"not in %s: \"%s\"".formatted(copy.language(), sentence.text()));
			}
		}
		return ScorePart.limiting("quality", "sentence_language", 1, "every sentence is in the planned language");
	}

	private static double knownShare(CopySentence sentence, CopyText copy, LanguageModel model) {
		int known = 0;
		int words = 0;
		for (String word : sentence.lower()) {
			if (Character.isLetter(word.charAt(0)) && !copy.names().contains(word)) {
				words++;
				known += (copy.facts().contains(word) || isKnown(word, copy.language(), model)) ? 1 : 0;
			}
		}
		return (words < 4) ? 1 : (double) known / words;
	}

	/** The German and the French model know few words of house and garden. */
	private static boolean isKnown(String lower, String language, LanguageModel model) {
		return model.isPlausible(lower)
				|| (!language.equals("en") && SentenceEmbedding.shared().knows(lower, language));
	}

	/** Only languages with a model are scored. */
	private static double of(Map<String, Double> byLanguage, CopyText copy) {
		return Objects.requireNonNull(byLanguage.get(copy.language()), "language without a model");
	}

}
