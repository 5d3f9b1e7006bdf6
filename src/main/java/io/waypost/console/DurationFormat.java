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
public final class DurationFormat {

	private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");

	private static final Pattern ISO = Pattern.compile("\\bP[-T0-9DHMS.]+\\b");

	private DurationFormat() {
	}

	/**
	 * A length for a brief, or what was typed when it is no number, to be refused as it
	 * is.
	 */
	public static @Nullable String iso(@Nullable String number, @Nullable String unit) {
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
	public static String formatSentence(String sentence) {
		return ISO.matcher(sentence).replaceAll(DurationFormat::formatSentence);
	}

	/** Exact, in the largest unit that has no fraction; a single day is 24 hours. */
	public static String format(Duration length) {
		long seconds = length.toSeconds();
		if (seconds % 86_400 == 0 && Math.abs(seconds) > 86_400) {
			return format(length.toDays(), "day");
		}
		if (seconds % 3_600 == 0) {
			return format(length.toHours(), "hour");
		}
		return (seconds % 60 == 0) ? format(length.toMinutes(), "minute") : format(seconds, "second");
	}

	private static String formatSentence(MatchResult found) {
		try {
			return format(Duration.parse(found.group()));
		}
		catch (DateTimeException otherwise) {
			return Matcher.quoteReplacement(found.group());
		}
	}

	private static String format(long count, String unit) {
		return count + " " + unit + ((count == 1) ? "" : "s");
	}

}
