package io.waypost.agent.evaluate;

import java.util.Locale;

/** Words that the language models know, German compounds included. */
public final class CopyLexicon {

	private CopyLexicon() {
	}

	/**
	 * Whether a word is known.
	 * @param word a word as written
	 * @param language ISO 639 code
	 * @return true as well when the language has no model
	 */
	public static boolean contains(String word, String language) {
		LanguageModel model = LanguageModel.of(language);
		if (model == null) {
			return true;
		}
		String lower = word.toLowerCase(Locale.ROOT).replace('’', '\'');
		return model.isPlausible(lower)
				|| (lower.endsWith("s") && model.isPlausible(lower.substring(0, lower.length() - 1)))
				|| (lower.endsWith("'s") && model.isPlausible(lower.substring(0, lower.length() - 2)));
	}

}
