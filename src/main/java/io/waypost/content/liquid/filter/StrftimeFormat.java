package io.waypost.content.liquid.filter;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

import io.waypost.content.liquid.value.BoundedText;
import org.jspecify.annotations.Nullable;

/**
 * A date format as of Ruby's {@code strftime}: directives with flags ({@code -},
 * {@code 0}, {@code ^}, {@code #}, {@code _}, {@code :}) and widths. An unknown directive
 * is printed as it is.
 */
final class StrftimeFormat {

	/** A width must not be a way to print any number of spaces. */
	private static final int MAX_WIDTH = 1024;

	private static final int SECONDS_OF_A_MINUTE = 60;

	private static final int SECONDS_OF_AN_HOUR = 3600;

	private static final int DAYS_OF_A_WEEK = 7;

	private final String format;

	private final ZonedDateTime date;

	private int position;

	StrftimeFormat(String format, ZonedDateTime date) {
		this.format = format;
		this.date = date;
	}

	void write(BoundedText output) {
		while (this.position < this.format.length()) {
			char character = this.format.charAt(this.position++);
			if (character == '%') {
				directive(output);
			}
			else {
				output.append(character);
			}
		}
	}

	private void directive(BoundedText output) {
		int start = this.position - 1;
		String flags = take("-0^#_:");
		String digits = take("0123456789");
		if (this.position >= this.format.length()) {
			output.append(this.format, start, this.position);
			return;
		}
		String padded = padded(this.format.charAt(this.position++), flags, digits);
		if (padded != null) {
			output.append(padded);
		}
		else {
			output.append(this.format, start, this.position);
		}
	}

	private String take(String accepted) {
		int start = this.position;
		while (this.position < this.format.length() && accepted.indexOf(this.format.charAt(this.position)) >= 0) {
			this.position++;
		}
		return this.format.substring(start, this.position);
	}

	private @Nullable String padded(char directive, String flags, String digits) {
		int width = (digits.length() > 4) ? MAX_WIDTH
				: digits.isEmpty() ? -1 : Math.min(MAX_WIDTH, Integer.parseInt(digits));
		String composite = composite(directive);
		if (composite != null) {
			BoundedPart part = new BoundedPart(composite, this.date);
			return pad(cased(part.text(), directive, flags), (width > 0) ? width : 0, flags.contains("0") ? '0' : ' ');
		}
		NumberDirective number = number(directive);
		if (number != null) {
			return flags.contains("-") ? String.valueOf(number.value())
					: pad(number.value(), (width > 0) ? width : number.width(), padding(flags, number.padding()));
		}
		String name = name(directive, flags, width);
		return (name == null) ? null
				: pad(cased(name, directive, flags), (width > 0) ? width : 0, flags.contains("0") ? '0' : ' ');
	}

	private static char padding(String flags, char usual) {
		return flags.contains("_") ? ' ' : flags.contains("0") ? '0' : usual;
	}

	private static String pad(long number, int width, char padding) {
		String digits = Long.toString(Math.abs(number));
		String sign = (number < 0) ? "-" : "";
		String fill = String.valueOf(padding).repeat(Math.max(0, width - digits.length() - sign.length()));
		return (padding == '0') ? sign + fill + digits : fill + sign + digits;
	}

	private static String pad(String text, int width, char padding) {
		return String.valueOf(padding).repeat(Math.max(0, width - text.length())) + text;
	}

	private static String cased(String text, char directive, String flags) {
		if (flags.contains("^")) {
			return text.toUpperCase(Locale.ROOT);
		}
		if (flags.contains("#")) {
			return (directive == 'p') ? text.toLowerCase(Locale.ROOT) : text.toUpperCase(Locale.ROOT);
		}
		return text;
	}

	private static @Nullable String composite(char directive) {
		return switch (directive) {
			case 'c' -> "%a %b %e %H:%M:%S %Y";
			case 'D', 'x' -> "%m/%d/%y";
			case 'F' -> "%Y-%m-%d";
			case 'T', 'X' -> "%H:%M:%S";
			case 'R' -> "%H:%M";
			case 'r' -> "%I:%M:%S %p";
			case 'v' -> "%e-%^b-%Y";
			case '+' -> "%a %b %e %H:%M:%S %Z %Y";
			default -> null;
		};
	}

	private @Nullable NumberDirective number(char directive) {
		return switch (directive) {
			case 'Y' -> new NumberDirective(this.date.getYear(), (this.date.getYear() < 0) ? 5 : 4, '0');
			case 'C' -> new NumberDirective(Math.floorDiv(this.date.getYear(), 100), 2, '0');
			case 'y' -> new NumberDirective(Math.floorMod(this.date.getYear(), 100), 2, '0');
			case 'm' -> new NumberDirective(this.date.getMonthValue(), 2, '0');
			case 'd' -> new NumberDirective(this.date.getDayOfMonth(), 2, '0');
			case 'e' -> new NumberDirective(this.date.getDayOfMonth(), 2, ' ');
			case 'j' -> new NumberDirective(this.date.getDayOfYear(), 3, '0');
			case 's' -> new NumberDirective(this.date.toEpochSecond(), 1, '0');
			default -> timeOrWeek(directive);
		};
	}

	private @Nullable NumberDirective timeOrWeek(char directive) {
		int weekday = this.date.getDayOfWeek().getValue();
		int year = this.date.getDayOfYear();
		return switch (directive) {
			case 'H' -> new NumberDirective(this.date.getHour(), 2, '0');
			case 'k' -> new NumberDirective(this.date.getHour(), 2, ' ');
			case 'I' -> new NumberDirective(this.date.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2, '0');
			case 'l' -> new NumberDirective(this.date.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2, ' ');
			case 'M' -> new NumberDirective(this.date.getMinute(), 2, '0');
			case 'S' -> new NumberDirective(this.date.getSecond(), 2, '0');
			case 'u' -> new NumberDirective(weekday, 1, '0');
			case 'w' -> new NumberDirective(weekday % DAYS_OF_A_WEEK, 1, '0');
			case 'U' -> new NumberDirective((year + 6 - weekday % DAYS_OF_A_WEEK) / DAYS_OF_A_WEEK, 2, '0');
			case 'W' -> new NumberDirective((year + 6 - (weekday + 6) % DAYS_OF_A_WEEK) / DAYS_OF_A_WEEK, 2, '0');
			case 'V' -> new NumberDirective(this.date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0');
			case 'G' -> new NumberDirective(this.date.get(IsoFields.WEEK_BASED_YEAR), 4, '0');
			case 'g' -> new NumberDirective(Math.floorMod(this.date.get(IsoFields.WEEK_BASED_YEAR), 100), 2, '0');
			default -> null;
		};
	}

	private @Nullable String name(char directive, String flags, int width) {
		return switch (directive) {
			case 'a' -> this.date.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
			case 'A' -> this.date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
			case 'b', 'h' -> this.date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
			case 'B' -> this.date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
			case 'p' -> (this.date.getHour() < 12) ? "AM" : "PM";
			case 'P' -> (this.date.getHour() < 12) ? "am" : "pm";
			case 'L' -> fraction((width > 0) ? width : 3);
			case 'N' -> fraction((width > 0) ? width : 9);
			case 'z' -> offset(flags);
			case 'Z' -> this.date.getZone().normalized().equals(ZoneOffset.UTC) ? "UTC" : zoneName();
			case 'n' -> "\n";
			case 't' -> "\t";
			case '%' -> "%";
			default -> null;
		};
	}

	private String zoneName() {
		return (this.date.getZone() instanceof ZoneOffset) ? ""
				: this.date.getZone().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
	}

	private String fraction(int digits) {
		String nanos = "%09d".formatted(this.date.getNano());
		return (digits <= nanos.length()) ? nanos.substring(0, digits) : nanos + "0".repeat(digits - nanos.length());
	}

	private String offset(String flags) {
		int seconds = this.date.getOffset().getTotalSeconds();
		int absolute = Math.abs(seconds);
		String separator = flags.contains(":") ? ":" : "";
		String offset = "%s%02d%s%02d".formatted((seconds < 0) ? "-" : "+", absolute / SECONDS_OF_AN_HOUR, separator,
				absolute % SECONDS_OF_AN_HOUR / SECONDS_OF_A_MINUTE);
		return flags.contains("::") ? offset + ":%02d".formatted(absolute % SECONDS_OF_A_MINUTE) : offset;
	}

	/** A number with its usual width and padding. */
	private record NumberDirective(long value, int width, char padding) {

	}

	/** A directive that is a format itself; its length is fixed. */
	private record BoundedPart(String format, ZonedDateTime date) {

		String text() {
			StringBuilder text = new StringBuilder();
			StrftimeFormat parser = new StrftimeFormat(this.format, this.date);
			while (parser.position < this.format.length()) {
				char character = this.format.charAt(parser.position++);
				text.append((character == '%') ? parser.next() : character);
			}
			return text.toString();
		}

	}

	private String next() {
		String flags = take("-0^#_:");
		String text = padded(this.format.charAt(this.position++), flags, "");
		return (text != null) ? text : "";
	}

}
