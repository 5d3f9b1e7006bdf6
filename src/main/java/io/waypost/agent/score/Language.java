package io.waypost.agent.score;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells languages apart by the little words no sentence does without. */
final class Language {

	private static final Pattern WORD = Pattern.compile("\\p{L}+");

	private static final Map<String, Set<String>> TELLING = Map.of("en",
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

	private Language() {
	}

	/**
	 * How much a text is in a language.
	 * @param text any text
	 * @param language ISO 639 code
	 * @return share of the telling words that are of this language; 1 when there is none
	 * or the language is not known here
	 */
	static double share(String text, String language) {
		Set<String> own = TELLING.get(language);
		if (own == null) {
			return 1;
		}
		int mine = 0;
		int others = 0;
		Matcher words = WORD.matcher(text);
		while (words.find()) {
			String word = words.group().toLowerCase(Locale.ROOT);
			if (own.contains(word)) {
				mine++;
			}
			else if (TELLING.values().stream().anyMatch((telling) -> telling.contains(word))) {
				others++;
			}
		}
		return (mine + others == 0) ? 1 : (double) mine / (mine + others);
	}

}
