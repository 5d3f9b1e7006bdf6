package io.waypost.console;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Converts durations between forms (number and unit), campaign requests (ISO 8601) and
 * texts ({@code 4 hours}).
 */
@Component
public class DurationFormat {

	private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");

	private static final Pattern ISO = Pattern.compile("\\bP[-T0-9DHMS.]+\\b");

	private final Labels labels;

	DurationFormat(Labels labels) {
		this.labels = labels;
	}

	/**
	 * Converts a form's number and unit to ISO 8601. Other input is returned unchanged,
	 * so that the request is refused with it.
	 */
	public static @Nullable String iso(@Nullable String number, @Nullable String unit) {
		if (number == null || number.isBlank()) {
			return null;
		}
		String input = number.strip();
		if (!WHOLE.matcher(input).matches()) {
			return input;
		}
		return switch ((unit != null) ? unit : "") {
			case "M" -> "PT" + input + "M";
			case "D" -> "P" + input + "D";
			default -> "PT" + input + "H";
		};
	}

	/** Replaces ISO 8601 durations in a sentence with texts. */
	public String formatSentence(String sentence) {
		return ISO.matcher(sentence).replaceAll(this::formatSentence);
	}

	/** Formats exactly, in the largest unit without a fraction; one day is 24 hours. */
	public String format(Duration duration) {
		long seconds = duration.toSeconds();
		if (seconds % 86_400 == 0 && Math.abs(seconds) > 86_400) {
			return this.labels.text("duration.days", duration.toDays());
		}
		if (seconds % 3_600 == 0) {
			return this.labels.text("duration.hours", duration.toHours());
		}
		return (seconds % 60 == 0) ? this.labels.text("duration.minutes", duration.toMinutes())
				: this.labels.text("duration.seconds", seconds);
	}

	private String formatSentence(MatchResult found) {
		try {
			return format(Duration.parse(found.group()));
		}
		catch (DateTimeException notADuration) {
			return Matcher.quoteReplacement(found.group());
		}
	}

}
