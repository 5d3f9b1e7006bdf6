package io.waypost.agent.phrase;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Replaces letters by the Latin letters that they look like: full-width and mathematical
 * letters, and letters of Cyrillic and Greek. Characters that are not visible are
 * removed. For comparisons of two texts that are both replaced.
 */
public final class LookAlikes {

	private static final String CYRILLIC = "\u0430\u0441\u0501\u0435\u0451\u0261\u04bb\u0456\u0457\u0458\u043a\u04cf\u043c\u043e\u0440\u051b\u0433\u0455\u0442\u0443\u0445\u0475\u051d"
			+ "\u0410\u0412\u0421\u0415\u0401\u041d\u0406\u0407\u0408\u041a\u041c\u041e\u0420\u0405\u0422\u0423\u0425";

	private static final String OF_CYRILLIC = "acdeeghiijklmopqrstyxvw" + "ABCEEHIIJKMOPSTYX";

	private static final String GREEK = "\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03b3\u03c9"
			+ "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7";

	private static final String OF_GREEK = "aeikvoptuxyw" + "ABEZHIKMNOPTYX";

	private static final String LATIN = "\u0251\u0131\u026a\u0280\u029f\u0299\u0274";

	private static final String OF_LATIN = "aiirlbn";

	private static final Map<Character, Character> LETTERS = letters(CYRILLIC + GREEK + LATIN,
			OF_CYRILLIC + OF_GREEK + OF_LATIN);

	private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{M}]+");

	private LookAlikes() {
	}

	/**
	 * Replaces the letters of a text.
	 * @param text any text
	 * @return the text, with another length if there were invisible characters
	 */
	public static String of(String text) {
		if (text.chars().allMatch((letter) -> letter < 0x7f)) {
			return text;
		}
		char[] letters = INVISIBLE.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
			.replaceAll("")
			.toCharArray();
		for (int at = 0; at < letters.length; at++) {
			letters[at] = LETTERS.getOrDefault(letters[at], letters[at]);
		}
		return new String(letters);
	}

	private static Map<Character, Character> letters(String from, String to) {
		if (from.length() != to.length()) {
			throw new IllegalStateException("%d letters look like %d".formatted(from.length(), to.length()));
		}
		Map<Character, Character> letters = new HashMap<>();
		for (int at = 0; at < from.length(); at++) {
			letters.put(from.charAt(at), to.charAt(at));
		}
		return Map.copyOf(letters);
	}

}
