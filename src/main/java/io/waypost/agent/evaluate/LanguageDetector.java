package io.waypost.agent.evaluate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Detects the language of a text by its stop words. */
final class LanguageDetector {

	private static final Pattern WORD = Pattern.compile("\\p{L}+");

	private static final Map<String, Set<String>> STOP_WORDS = Map.of("en",
			Set.of("the", "and", "you", "your", "is", "are", "for", "of", "with", "it", "in", "to", "we", "that",
					"have", "from", "this", "what", "our", "when", "they", "at", "us"),
			"de",
			Set.of("der", "die", "das", "und", "du", "dein", "deine", "deinen", "deinem", "deiner", "ist", "für", "mit",
					"wir", "dir", "dich", "nicht", "ein", "eine", "einen", "zu", "auf", "noch", "bei", "dass", "von",
					"hast", "sind", "haben", "uns", "wenn", "hier", "im", "den", "dem", "was"),
			"fr",
			Set.of("le", "la", "les", "et", "vous", "votre", "vos", "est", "sont", "pour", "de", "des", "du", "avec",
					"un", "une", "dans", "nous", "ce", "cette", "en", "que", "qui", "chez", "avez", "pas", "si", "au",
					"aux", "notre", "sur"));

	/** Languages by stop word. */
	private static final Map<String, Set<String>> LANGUAGES = languages();

	private LanguageDetector() {
	}

	/**
	 * Returns to what degree a text is in a language.
	 * @param text any text
	 * @param language ISO 639 code
	 * @return share of the stop words that belong to this language; 1 when the text has
	 * none or the language is not supported
	 */
	static double share(String text, String language) {
		if (!STOP_WORDS.containsKey(language)) {
			return 1;
		}
		int matching = 0;
		int others = 0;
		Matcher words = WORD.matcher(text);
		while (words.find()) {
			Set<String> languages = LANGUAGES.getOrDefault(words.group().toLowerCase(Locale.ROOT), Set.of());
			if (languages.contains(language)) {
				matching++;
			}
			else if (!languages.isEmpty()) {
				others++;
			}
		}
		return (matching + others == 0) ? 1 : (double) matching / (matching + others);
	}

	/**
	 * Whether more stop words of a sentence belong to another language than to this one.
	 * @param words words in lower case
	 * @param language ISO 639 code
	 * @return false when the language is not supported
	 */
	static boolean isForeign(List<String> words, String language) {
		int own = 0;
		int foreign = 0;
		for (String word : words) {
			Set<String> languages = LANGUAGES.getOrDefault(word, Set.of());
			own += languages.contains(language) ? 1 : 0;
			foreign += (!languages.isEmpty() && !languages.contains(language)) ? 1 : 0;
		}
		return STOP_WORDS.containsKey(language) && foreign >= 2 && foreign > own;
	}

	private static Map<String, Set<String>> languages() {
		Map<String, Set<String>> languages = new HashMap<>();
		STOP_WORDS.forEach((language, words) -> words
			.forEach((word) -> languages.computeIfAbsent(word, (key) -> new HashSet<>()).add(language)));
		return languages;
	}

}
