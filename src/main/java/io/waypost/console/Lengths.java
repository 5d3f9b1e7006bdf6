package io.waypost.console;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Lengths of time as forms have them, a number and a unit, as briefs have them, ISO 8601,
 * and as people say them.
 */
final class Lengths {

	private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");

	private static final Pattern ISO = Pattern.compile("\\bP[-T0-9DHMS.]+\\b");

	private Lengths() {
	}

	/**
	 * A length for a brief, or what was typed when it is no number, to be refused as it
	 * is.
	 */
	static @Nullable String iso(@Nullable String number, @Nullable String unit) {
		if (number == null || number.isBlank()) {
			return null;
		}
		String typed = number.strip();
		if (!WHOLE.matcher(typed).matches()) {
			return typed;
		}
		return switch ((unit != null) ? unit : "") {
			case "M" -> "PT" + typed + "M";
			case "D" -> "P" + typed + "D";
			default -> "PT" + typed + "H";
		};
	}

	/** A sentence with its lengths as people say them. */
	static String readable(String sentence) {
		return ISO.matcher(sentence).replaceAll(Lengths::readable);
	}

	/** Exact, in the largest unit that has no fraction; a single day is 24 hours. */
	static String words(Duration length) {
		long seconds = length.toSeconds();
		if (seconds % 86_400 == 0 && Math.abs(seconds) > 86_400) {
			return words(length.toDays(), "day");
		}
		if (seconds % 3_600 == 0) {
			return words(length.toHours(), "hour");
		}
		return (seconds % 60 == 0) ? words(length.toMinutes(), "minute") : words(seconds, "second");
	}

	private static String readable(MatchResult found) {
		try {
			return words(Duration.parse(found.group()));
		}
		catch (DateTimeException otherwise) {
			return Matcher.quoteReplacement(found.group());
		}
	}

	private static String words(long count, String unit) {
		return count + " " + unit + ((count == 1) ? "" : "s");
	}

}
