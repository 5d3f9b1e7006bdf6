package io.waypost.content.liquid.filter;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Parses the notations of dates and times that Ruby's {@code Time.parse} accepts and that
 * people use. The text is at most 128 characters long, so the patterns are cheap.
 */
final class DateParser {

	private static final String MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?";

	private static final Pattern TIME = Pattern.compile(
			"(?<![\\d:])(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?" + "\\s*(am|pm|a\\.m\\.|p\\.m\\.)?");

	private static final Pattern HOUR = Pattern.compile("(?<!\\d)(\\d{1,2})\\s*(am|pm|a\\.m\\.|p\\.m\\.)");

	private static final Pattern ZONE = Pattern
		.compile("^\\s*(z|utc|gmt|[a-z]{3,4}\\b|(?:utc|gmt)?[+-]\\d{1,2}(?::?\\d{2})?)");

	private static final Pattern ISO = Pattern.compile("(?<![\\d-])(-?\\d{4})-(\\d{1,2})(?:-(\\d{1,2}))?(?![\\d-])");

	private static final Pattern BASIC = Pattern
		.compile("(?<!\\d)(\\d{4})(\\d{2})(\\d{2})(?:t?(\\d{2})(\\d{2})(\\d{2})?)?(?!\\d)");

	private static final Pattern MONTH_FIRST = Pattern
		.compile("(?<![a-z])" + MONTH + "\\s*(\\d{1,2})(?:st|nd|rd|th)?\\b(?:,?\\s+'?(-?\\d+)(?!\\d*:))?");

	private static final Pattern DAY_FIRST = Pattern
		.compile("(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?[\\s-]+(?:of\\s+)?" + MONTH + "(?:,?[\\s-]+'?(\\d+)(?!\\d*:))?");

	private static final Pattern MONTH_AND_YEAR = Pattern.compile("(?<![a-z])" + MONTH + "(?:,?\\s+(\\d{4}))?");

	private static final Pattern YEAR_FIRST = Pattern.compile("(?<!\\d)(\\d{4})[/.](\\d{1,2})[/.](\\d{1,2})(?!\\d)");

	private static final Pattern DAY_MONTH_YEAR = Pattern
		.compile("(?<!\\d)(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4})(?!\\d)");

	private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

	private static final int HOURS_OF_HALF_A_DAY = 12;

	private static final int CENTURY_PIVOT = 69;

	private static final Map<String, String> ZONES = Map.ofEntries(Map.entry("est", "-05:00"),
			Map.entry("edt", "-04:00"), Map.entry("cst", "-06:00"), Map.entry("cdt", "-05:00"),
			Map.entry("mst", "-07:00"), Map.entry("mdt", "-06:00"), Map.entry("pst", "-08:00"),
			Map.entry("pdt", "-07:00"), Map.entry("cet", "+01:00"), Map.entry("cest", "+02:00"),
			Map.entry("bst", "+01:00"), Map.entry("jst", "+09:00"));

	private final Clock clock;

	/** What is left to be recognised; digits of the time are removed first. */
	private String rest;

	private @Nullable LocalTime time;

	private @Nullable ZoneId zone;

	DateParser(String text, Clock clock) {
		this.rest = text;
		this.clock = clock;
	}

	/** Returns null when the text has neither a date nor a time. */
	@Nullable ZonedDateTime parse() {
		readTime();
		LocalDate date = date();
		if (date == null && this.time == null) {
			return null;
		}
		LocalDate day = (date != null) ? date : LocalDate.now(this.clock);
		LocalTime clockTime = (this.time != null) ? this.time : LocalTime.MIDNIGHT;
		return day.atTime(clockTime).atZone((this.zone != null) ? this.zone : this.clock.getZone());
	}

	private void readTime() {
		Matcher clockTime = TIME.matcher(this.rest);
		Matcher hour = HOUR.matcher(this.rest);
		if (clockTime.find()) {
			int seconds = (clockTime.group(3) != null) ? number(clockTime.group(3)) : 0;
			this.time = LocalTime.of(hour(clockTime.group(1), clockTime.group(5)), number(clockTime.group(2)), seconds,
					nanos(clockTime.group(4)));
			cut(clockTime);
		}
		else if (hour.find()) {
			this.time = LocalTime.of(hour(hour.group(1), hour.group(2)), 0);
			cut(hour);
		}
	}

	/** Removes the time and the zone behind it. */
	private void cut(Matcher found) {
		String before = this.rest.substring(0, found.start());
		String after = this.rest.substring(found.end());
		Matcher zoneMatcher = ZONE.matcher(after);
		if (zoneMatcher.find()) {
			this.zone = zone(zoneMatcher.group(1));
			after = (this.zone != null) ? after.substring(zoneMatcher.end()) : after;
		}
		this.rest = (before.endsWith("t") ? before.substring(0, before.length() - 1) : before) + " " + after;
	}

	private static @Nullable ZoneId zone(String text) {
		String offset = (text.startsWith("utc") || text.startsWith("gmt")) ? text.substring(3) : text;
		if (offset.isEmpty() || offset.equals("z")) {
			return ZoneOffset.UTC;
		}
		String digits = ZONES.getOrDefault(offset, offset);
		return (digits.startsWith("+") || digits.startsWith("-")) ? ZoneOffset.of(normalised(digits)) : null;
	}

	/** {@code +1} becomes {@code +01}, which {@link ZoneOffset} accepts. */
	private static String normalised(String offset) {
		return (offset.length() == 2) ? offset.charAt(0) + "0" + offset.charAt(1) : offset;
	}

	private @Nullable LocalDate date() {
		LocalDate numeric = numericDate();
		return (numeric != null) ? numeric : namedDate();
	}

	private @Nullable LocalDate numericDate() {
		Matcher iso = ISO.matcher(this.rest);
		if (iso.find()) {
			int day = (iso.group(3) != null) ? number(iso.group(3)) : 1;
			return LocalDate.of(number(iso.group(1)), number(iso.group(2)), day);
		}
		Matcher yearFirst = YEAR_FIRST.matcher(this.rest);
		if (yearFirst.find()) {
			return LocalDate.of(number(yearFirst.group(1)), number(yearFirst.group(2)), number(yearFirst.group(3)));
		}
		Matcher dayFirst = DAY_MONTH_YEAR.matcher(this.rest);
		if (dayFirst.find()) {
			return LocalDate.of(number(dayFirst.group(3)), number(dayFirst.group(2)), number(dayFirst.group(1)));
		}
		return basicDate();
	}

	private @Nullable LocalDate basicDate() {
		Matcher basic = BASIC.matcher(this.rest);
		if (!basic.find()) {
			return null;
		}
		if (basic.group(4) != null) {
			int seconds = (basic.group(6) != null) ? number(basic.group(6)) : 0;
			this.time = LocalTime.of(number(basic.group(4)), number(basic.group(5)), seconds);
			cut(basic);
		}
		return LocalDate.of(number(basic.group(1)), number(basic.group(2)), number(basic.group(3)));
	}

	private @Nullable LocalDate namedDate() {
		Matcher dayFirst = DAY_FIRST.matcher(this.rest);
		if (dayFirst.find()) {
			return LocalDate.of(year(dayFirst.group(3)), month(dayFirst.group(2)), number(dayFirst.group(1)));
		}
		Matcher monthYear = MONTH_AND_YEAR.matcher(this.rest);
		boolean named = monthYear.find();
		if (named && monthYear.group(2) != null) {
			return LocalDate.of(number(monthYear.group(2)), month(monthYear.group(1)), 1);
		}
		Matcher monthFirst = MONTH_FIRST.matcher(this.rest);
		if (monthFirst.find()) {
			return LocalDate.of(year(monthFirst.group(3)), month(monthFirst.group(1)), number(monthFirst.group(2)));
		}
		return named ? LocalDate.of(year(null), month(monthYear.group(1)), 1) : null;
	}

	private int year(@Nullable String text) {
		if (text == null) {
			return LocalDate.now(this.clock).getYear();
		}
		int year = number(text);
		return (text.length() > 2) ? year : (year < CENTURY_PIVOT) ? 2000 + year : 1900 + year;
	}

	private static int month(String name) {
		return MONTHS.indexOf(name) / 3 + 1;
	}

	private static int hour(String text, @Nullable String half) {
		int hour = number(text);
		if (half == null) {
			return hour;
		}
		return hour % HOURS_OF_HALF_A_DAY + (half.startsWith("p") ? HOURS_OF_HALF_A_DAY : 0);
	}

	private static int nanos(@Nullable String fraction) {
		return (fraction != null) ? number((fraction + "00000000").substring(0, 9)) : 0;
	}

	private static int number(String digits) {
		return Integer.parseInt(digits);
	}

}
