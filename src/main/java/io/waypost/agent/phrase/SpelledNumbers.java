package io.waypost.agent.phrase;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads numbers up to 999,999 in English, German and French words: twenty-five,
 * fünfundzwanzig, vingt-cinq.
 */
public final class SpelledNumbers {

	private static final Map<String, Integer> SMALL = new HashMap<>();

	private static final Map<String, Integer> GERMAN = new HashMap<>();

	static {
		put(SMALL, 0, "zero",
				"one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
						+ "sixteen seventeen eighteen nineteen");
		put(SMALL, 0, "null",
				"eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn "
						+ "sechzehn siebzehn achtzehn neunzehn");
		put(SMALL, 0, "zero",
				"un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize");
		tens(SMALL, "twenty thirty forty fifty sixty seventy eighty ninety");
		tens(SMALL, "vingt trente quarante cinquante soixante septante huitante nonante");
		SMALL.put("dozen", 12);
		SMALL.put("dutzend", 12);
		SMALL.put("douzaine", 12);
		tens(GERMAN, "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig");
		SMALL.putAll(GERMAN);
	}

	/** Longest number in words: nine hundred and ninety-nine thousand and so on. */
	private static final int LONGEST = 16;

	private SpelledNumbers() {
	}

	private static void put(Map<String, Integer> numbers, int from, String zero, String words) {
		numbers.put(zero, from);
		int value = from;
		for (String word : words.split(" ", -1)) {
			value++;
			numbers.put(word, value);
		}
	}

	private static void tens(Map<String, Integer> numbers, String words) {
		int value = 20;
		for (String word : words.split(" ", -1)) {
			numbers.put(word, value);
			value += 10;
		}
	}

	/**
	 * Reads the number that begins at a token.
	 * @param tokens the tokens
	 * @param at index of the token
	 * @return value and length, null when no number begins there
	 */
	public static @Nullable ReadNumber read(TextTokens tokens, int at) {
		String word = tokens.word(at);
		char first = word.charAt(0);
		if (first >= '0' && first <= '9') {
			return new ReadNumber(decimal(word), 1, false);
		}
		int article = (word.equals("a") || word.equals("ein") || word.equals("une")) ? 1 : 0;
		int total = 0;
		int group = 0;
		int length = article;
		boolean any = false;
		for (int i = at + article; i < Math.min(tokens.size(), at + LONGEST); i++) {
			int value = value(tokens.word(i));
			if (value < 0 && isJoint(tokens, i, any)) {
				continue;
			}
			if (value < 0) {
				break;
			}
			group = joined(group, value, any);
			if (value == 1000) {
				total += group;
				group = 0;
			}
			any = true;
			length = i - at + 1;
		}
		boolean lonely = article == 1 && length == 1;
		return (any && !lonely) ? new ReadNumber(BigDecimal.valueOf(total + (long) group), length, true) : null;
	}

	/** "and", "und" and "et" between parts of a number. */
	private static boolean isJoint(TextTokens tokens, int at, boolean any) {
		String word = tokens.word(at);
		return any && (word.equals("and") || word.equals("et") || word.equals("und")) && value(tokens.word(at + 1)) >= 0
				&& value(tokens.word(at - 1)) >= 20;
	}

	/** Four twenties are eighty; sixty and ten are seventy; two and hundred multiply. */
	private static int joined(int group, int value, boolean any) {
		if (value == 100 || value == 1000) {
			return Math.max(group, 1) * value;
		}
		return (value == 20 && group % 100 == 4) ? group - 4 + 80 : (any ? group : 0) + value;
	}

	private static int value(String word) {
		Integer small = SMALL.get(word);
		if (small != null) {
			return small;
		}
		return switch (word) {
			case "hundred", "hundert", "cent", "cents", "einhundert" -> 100;
			case "thousand", "tausend", "mille", "eintausend" -> 1000;
			case "vingts" -> 20;
			default -> german(word);
		};
	}

	/** Compounds: fünfundzwanzig, zweihundertfünfzig. */
	private static int german(String word) {
		int thousand = word.indexOf("tausend");
		if (thousand > 0) {
			return compound(word, thousand, "tausend", 1000);
		}
		int hundred = word.indexOf("hundert");
		if (hundred > 0) {
			return compound(word, hundred, "hundert", 100);
		}
		int joint = word.lastIndexOf("und");
		if (joint > 0 && joint + 3 < word.length()) {
			Integer tens = GERMAN.get(word.substring(joint + 3));
			String unit = word.substring(0, joint);
			Integer units = unit.equals("ein") ? Integer.valueOf(1) : SMALL.get(unit);
			return (tens != null && units != null && units < 10) ? tens + units : -1;
		}
		return -1;
	}

	private static int compound(String word, int at, String name, int factor) {
		String before = word.substring(0, at);
		String after = word.substring(at + name.length());
		int many = before.equals("ein") ? 1 : value(before);
		int rest = after.isEmpty() ? 0 : value(after.startsWith("und") ? after.substring(3) : after);
		return (many > 0 && rest >= 0) ? many * factor + rest : -1;
	}

	/** The last separator before one or two digits is the decimal separator. */
	private static BigDecimal decimal(String digits) {
		int last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
		boolean fraction = last >= 0 && digits.length() - last - 1 <= 2;
		String whole = (fraction ? digits.substring(0, last) : digits).replaceAll("[.,]", "");
		return new BigDecimal(fraction ? whole + '.' + digits.substring(last + 1) : whole);
	}

	/**
	 * A number in a text.
	 *
	 * @param value its value
	 * @param length number of its tokens
	 * @param inWords whether it is written in words
	 */
	public record ReadNumber(BigDecimal value, int length, boolean inWords) {

	}

}
