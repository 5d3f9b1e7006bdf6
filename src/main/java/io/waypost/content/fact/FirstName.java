package io.waypost.content.fact;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The rules for first names in messages. The name is filled in after the inspection, and
 * anyone who can send an event can choose it. So it has to have an accepted form, and its
 * placeholder has to be a word of its own: then no name can make a host, a link, an
 * address or markup, neither alone nor together with the text around it.
 */
public final class FirstName {

	/** The placeholder in drafts and templates. */
	public static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{-?\\s*first_name\\s*-?}}");

	private static final int MAX_LENGTH = 40;

	private static final int MAX_WORDS = 5;

	/**
	 * Letters that are visible and no signs. Modifier letters and Lisu have signs that
	 * look like a colon, a slash or a full stop; two of them are usual in Japanese names.
	 */
	private static final String LETTER = "(?:[\\p{L}&&[^\\p{Lm}\\p{IsLisu}\\u01c0-\\u01c3\\u115f\\u1160\\u3164\\uffa0]]"
			+ "|[\\u02bb\\u02bc\\u3005\\u30fc])";

	private static final String MARK = "[\\p{M}&&[^\\u034f\\u17b4\\u17b5\\u180b-\\u180f\\ufe00-\\ufe0f\\x{e0100}-\\x{e01ef}]]";

	private static final String WORD = LETTER + "(?:" + LETTER + '|' + MARK + ")*+";

	/** A full stop follows a single letter only, and a space follows the full stop. */
	private static final Pattern NAME = Pattern
		.compile(WORD + "(?:(?:['’ -]|(?<=(?<![\\p{L}\\p{M}])\\p{L})\\. )" + WORD + "){0," + (MAX_WORDS - 1) + "}");

	/** More marks on a letter hide the lines around it. */
	private static final Pattern STACKED_MARKS = Pattern.compile("\\p{M}{4}");

	private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{M}]+");

	/**
	 * Words of spoken addresses, such as in "evil dot com". The rare name "Dot" is
	 * greeted without name, because the text around it may be the rest of an address.
	 */
	private static final Set<String> ADDRESS_WORDS = Set.of("dot", "punkt", "point", "punto", "ponto", "at", "slash",
			"http", "https", "www");

	private static final Pattern SPOKEN_BEFORE = Pattern
		.compile("(?iu)(?:dot|punkt|point|punto|ponto)\\s?[)\\]]?\\s{1,3}[(\\[]?$");

	private static final Pattern SPOKEN_AFTER = Pattern
		.compile("(?iu)^[)\\]]?\\s{0,3}[(\\[]?\\s{0,3}(?:dot|punkt|point|punto|ponto)\\b");

	private static final Pattern BEFORE = Pattern.compile("(?:^|[\\s\\p{Z}])[(\\[\"'„“”«»‚‘‹›¡¿—–]{0,3}$");

	private static final Pattern AFTER = Pattern.compile("^(?:['’]s)?[,.;:!?…)\\]\"'“”’»«‘›‹—–]{0,5}(?:$|[\\s\\p{Z}])");

	/** White space control joins the name to the text around the tag. */
	private static final Pattern TRIMMED = Pattern.compile("\\{\\{-\\s*first_name\\b|\\{\\{\\s*first_name\\s*-}}");

	private static final Pattern LIQUID_TAG = Pattern.compile("\\{%[^%]*%}");

	private FirstName() {
	}

	/**
	 * Returns a name in the accepted form.
	 * @param entered the name as it was entered
	 * @return the name without surrounding spaces; null when it is not a name, so that
	 * the message has its neutral greeting
	 */
	public static @Nullable String of(@Nullable String entered) {
		String name = (entered != null) ? entered.strip() : "";
		if (isPlainWord(name)) {
			return ADDRESS_WORDS.contains(name.toLowerCase(Locale.ROOT)) ? null : name;
		}
		return (name.length() <= MAX_LENGTH && NAME.matcher(name).matches() && !STACKED_MARKS.matcher(name).find()
				&& !isSpokenAddress(name)) ? name : null;
	}

	/** The usual name; a cheap test. */
	private static boolean isPlainWord(String name) {
		for (int i = 0; i < name.length(); i++) {
			char letter = name.charAt(i);
			if ((letter < 'a' || letter > 'z') && (letter < 'A' || letter > 'Z')) {
				return false;
			}
		}
		return !name.isEmpty() && name.length() <= MAX_LENGTH;
	}

	private static boolean isSpokenAddress(String name) {
		return SEPARATORS.splitAsStream(name.toLowerCase(Locale.ROOT)).anyMatch(ADDRESS_WORDS::contains);
	}

	/**
	 * Whether each placeholder of a text is a word of its own: between white space,
	 * borders of the text and punctuation that white space follows.
	 * @param text a text of a draft
	 * @return true for a text without placeholder, too
	 */
	public static boolean standsAlone(String text) {
		if (!text.contains("{{")) {
			return true;
		}
		Matcher matcher = PLACEHOLDER.matcher(text);
		while (matcher.find()) {
			String before = tail(text.substring(0, matcher.start()));
			String after = text.substring(matcher.end(), Math.min(text.length(), matcher.end() + 20));
			if (!BEFORE.matcher(before).find() || !AFTER.matcher(after).find() || SPOKEN_BEFORE.matcher(before).find()
					|| SPOKEN_AFTER.matcher(after).find()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Whether each placeholder of a Liquid text is a word of its own. Borders of
	 * {@code {% ... %}} count as borders of the text, because only the rendered text
	 * shows what meets there; the guardrail inspects it.
	 * @param source Liquid
	 * @return true for a text without placeholder, too
	 */
	public static boolean standsAloneInSource(String source) {
		return !TRIMMED.matcher(source).find() && standsAlone(LIQUID_TAG.matcher(source).replaceAll("\n"));
	}

	/** The last characters of a text; a border further away is no border. */
	private static String tail(String text) {
		return (text.length() <= 15) ? text : 'x' + text.substring(text.length() - 15);
	}

}
