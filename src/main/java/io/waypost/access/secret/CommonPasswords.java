package io.waypost.access.secret;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.core.io.ClassPathResource;

/**
 * Recognises passwords that guessing programs try first: common parts with digits,
 * punctuation, look-alike characters, keyboard walks and repetitions. What is left after
 * removing all of these must have some length.
 */
final class CommonPasswords {

	private static final String FILE = "access/common-passwords.txt";

	private static final int MIN_REST = 4;

	private static final int MIN_PERIOD = 8;

	private static final int WALK = 4;

	private static final List<String> ROWS = List.of("1234567890", "qwertyuiop", "qwertzuiop", "azertyuiop",
			"asdfghjkl", "qsdfghjklm", "zxcvbnm", "yxcvbnm", "wxcvbn", "abcdefghijklmnopqrstuvwxyz",
			"1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujm", "q1w2e3r4t5y6");

	private static final Map<Character, String> LOOK_ALIKES = Map.of('a', "a4@", 'b', "b8", 'e', "e3", 'g', "g9", 'i',
			"i1!", 'l', "l1!", 'o', "o0", 's', "s5$", 't', "t7+", 'z', "z2");

	private static final Pattern PARTS = Pattern.compile(parts());

	private static final Pattern DIGITS_AND_PUNCTUATION = Pattern.compile("[^\\p{L}]++");

	private CommonPasswords() {
	}

	/**
	 * Checks a password.
	 * @param password in clear text
	 * @return true when it consists of common parts only, or repeats a short one
	 */
	static boolean isCommon(String password) {
		String lower = password.toLowerCase(Locale.ROOT);
		return rest(lower) < MIN_REST || rest(new StringBuilder(lower).reverse().toString()) < MIN_REST
				|| isRepetition(lower);
	}

	private static int rest(String text) {
		String uncommon = PARTS.matcher(walks(text)).replaceAll(" ");
		return DIGITS_AND_PUNCTUATION.matcher(uncommon).replaceAll("").length();
	}

	/** Removes neighbours on the keyboard or in the alphabet, in both directions. */
	private static String walks(String text) {
		StringBuilder left = new StringBuilder(text);
		for (String row : ROWS) {
			for (String walk : List.of(row, new StringBuilder(row).reverse().toString())) {
				for (int start = 0; start + WALK <= left.length(); start++) {
					int length = 0;
					while (start + length < left.length() && walk.contains(left.substring(start, start + length + 1))) {
						length++;
					}
					if (length >= WALK) {
						left.replace(start, start + length, " ");
					}
				}
			}
		}
		return left.toString();
	}

	private static boolean isRepetition(String text) {
		for (int period = 1; period < MIN_PERIOD; period++) {
			if (text.substring(period).equals(text.substring(0, text.length() - period))) {
				return true;
			}
		}
		return false;
	}

	/** Longer parts first. */
	private static String parts() {
		return words().sorted(Comparator.comparingInt(String::length).reversed())
			.map((word) -> word.chars()
				.mapToObj(
						(letter) -> '[' + LOOK_ALIKES.getOrDefault((char) letter, String.valueOf((char) letter)) + ']')
				.collect(Collectors.joining()))
			.collect(Collectors.joining("|"));
	}

	private static Stream<String> words() {
		try (InputStream in = new ClassPathResource(FILE).getInputStream()) {
			return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1))
				.filter((line) -> !line.startsWith("#"))
				.flatMap((line) -> Arrays.stream(line.strip().split(" ", -1)))
				.filter((word) -> !word.isEmpty());
		}
		catch (IOException missing) {
			throw new UncheckedIOException(missing);
		}
	}

}
