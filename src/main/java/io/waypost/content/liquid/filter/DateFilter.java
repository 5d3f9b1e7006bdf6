package io.waypost.content.liquid.filter;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Locale;

import io.waypost.content.liquid.value.BoundedText;
import org.jspecify.annotations.Nullable;

/**
 * The filter {@code date}. A value that is no date is returned as it is, as in Ruby.
 * Dates are in English.
 */
final class DateFilter {

	/** A text that is longer is no date, as in Ruby. */
	private static final int LONGEST_DATE = 128;

	private DateFilter() {
	}

	static @Nullable Object apply(@Nullable Object input, FilterArguments arguments, FilterContext context) {
		String format = context.text(arguments.get(0));
		ZonedDateTime date = format.isEmpty() ? null : date(input, context.clock());
		if (date == null) {
			return input;
		}
		BoundedText result = context.builder();
		new StrftimeFormat(format, date).write(result);
		return result.toString();
	}

	private static @Nullable ZonedDateTime date(@Nullable Object input, Clock clock) {
		try {
			return switch (input) {
				case Long seconds -> ofSeconds(seconds, clock);
				case String text when text.length() <= LONGEST_DATE -> date(text.toLowerCase(Locale.ROOT), clock);
				case null, default -> null;
			};
		}
		catch (DateTimeException | ArithmeticException | NumberFormatException ex) {
			return null;
		}
	}

	private static @Nullable ZonedDateTime date(String text, Clock clock) {
		if (text.equals("now") || text.equals("today")) {
			return ZonedDateTime.now(clock);
		}
		if (!text.isEmpty() && text.chars().allMatch((character) -> character >= '0' && character <= '9')) {
			return ofSeconds(Long.parseLong(text), clock);
		}
		return new DateParser(text, clock).parse();
	}

	private static ZonedDateTime ofSeconds(long seconds, Clock clock) {
		return Instant.ofEpochSecond(seconds).atZone(clock.getZone());
	}

}
