package io.waypost.agent.guard;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Finds dates that are past, do not exist or name the wrong weekday. */
final class DateCheck implements ContentCheck {

	private static final List<Locale> LOCALES = List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH);

	private static final Map<String, Integer> MONTHS = months();

	private static final Map<String, DayOfWeek> DAYS = days();

	private static final String WEEKDAY = "(?:(" + String.join("|", DAYS.keySet())
			+ "),?\\s+(?:the\\s+|den\\s+|le\\s+)?)?";

	private static final String MONTH = "(" + MONTHS.keySet()
		.stream()
		.sorted((a, b) -> Integer.compare(b.length(), a.length()))
		.collect(Collectors.joining("|")) + ")";

	/** 2026-11-21, 21.11.2026, 21/11/2026. */
	static final Pattern NUMERIC = Pattern
		.compile("(?iu)" + WEEKDAY + "(?:\\b(\\d{4})-(\\d{2})-(\\d{2})\\b|\\b(\\d{1,2})[./](\\d{1,2})[./](\\d{4})\\b)");

	/** 21 November 2026, 21. November, 1er novembre. */
	static final Pattern DAY_FIRST = Pattern.compile("(?iu)" + WEEKDAY
			+ "\\b(\\d{1,2})(?:\\.|st|nd|rd|th|er)?\\s+(?:of\\s+)?" + MONTH + "\\b(?:,?\\s+(\\d{4}))?");

	/** November 21st, 2026. */
	static final Pattern MONTH_FIRST = Pattern
		.compile("(?iu)" + WEEKDAY + "\\b" + MONTH + "\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?:,?\\s+(\\d{4}))?");

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		for (DraftText part : DraftText.of(request.draft())) {
			String text = part.without(request.allowedNames()).text();
			for (Mention mention : mentions(text, request)) {
				check(findings, part.where(), mention, request);
			}
		}
		return findings;
	}

	static boolean looksLikeDate(String text) {
		String folded = CaseFolding.of(text);
		return MONTHS.keySet().stream().anyMatch(folded::contains) || DAYS.keySet().stream().anyMatch(folded::contains);
	}

	private static void check(List<Finding> findings, String where, Mention mention, InspectionRequest request) {
		LocalDate today = request.today();
		try {
			LocalDate date = LocalDate.of((mention.year() > 0) ? mention.year() : today.getYear(), mention.month(),
					mention.day());
			if (mention.year() == 0 && date.isBefore(today.minusMonths(6))) {
				date = date.plusYears(1);
			}
			if (date.isBefore(today) && !request.declared().allows(date)) {
				findings.add(finding(where, "date_past", "names a past date"));
			}
			DayOfWeek named = (mention.weekday() != null) ? DAYS.get(CaseFolding.of(mention.weekday())) : null;
			if (named != null && named != date.getDayOfWeek()) {
				findings.add(finding(where, "weekday_wrong",
						"says %s, but the date is a %s".formatted(named, date.getDayOfWeek())));
			}
		}
		catch (DateTimeException impossible) {
			findings.add(finding(where, "date_impossible", "names a date that does not exist"));
		}
	}

	private static List<Mention> mentions(String text, InspectionRequest request) {
		if (!TextFeatures.hasDigit(text)) {
			return List.of();
		}
		List<Mention> mentions = new ArrayList<>();
		Matcher numeric = NUMERIC.matcher(text);
		while (numeric.find()) {
			mentions.add((numeric.group(2) != null) ? new Mention(numeric.group(1), year(numeric.group(2)),
					number(numeric.group(3)), number(numeric.group(4))) : dayMonth(numeric, request.locale()));
		}
		Matcher dayFirst = DAY_FIRST.matcher(text);
		while (dayFirst.find()) {
			mentions.add(new Mention(dayFirst.group(1), year(dayFirst.group(4)), month(dayFirst.group(3)),
					number(dayFirst.group(2))));
		}
		Matcher monthFirst = MONTH_FIRST.matcher(text);
		while (monthFirst.find()) {
			mentions.add(new Mention(monthFirst.group(1), year(monthFirst.group(4)), month(monthFirst.group(2)),
					number(monthFirst.group(3))));
		}
		return mentions;
	}

	/** The month comes first only in US English. */
	private static Mention dayMonth(Matcher numeric, Locale locale) {
		int first = number(numeric.group(5));
		int second = number(numeric.group(6));
		boolean monthFirst = locale.getCountry().equals("US") || second > 12;
		return new Mention(numeric.group(1), year(numeric.group(7)), monthFirst ? first : second,
				monthFirst ? second : first);
	}

	private static int number(String digits) {
		return Integer.parseInt(digits);
	}

	private static int year(@Nullable String digits) {
		return (digits != null) ? Integer.parseInt(digits) : 0;
	}

	private static int month(String name) {
		return MONTHS.getOrDefault(CaseFolding.of(name), 0);
	}

	private static Finding finding(String where, String code, String detail) {
		return new Finding("fact", code, Severity.SEVERE, where, detail);
	}

	private static Map<String, Integer> months() {
		Map<String, Integer> months = new TreeMap<>();
		for (Locale locale : LOCALES) {
			for (Month month : Month.values()) {
				months.put(CaseFolding.of(month.getDisplayName(TextStyle.FULL, locale)), month.getValue());
			}
		}
		return months;
	}

	private static Map<String, DayOfWeek> days() {
		Map<String, DayOfWeek> days = new TreeMap<>();
		for (Locale locale : LOCALES) {
			for (DayOfWeek day : DayOfWeek.values()) {
				days.put(CaseFolding.of(day.getDisplayName(TextStyle.FULL, locale)), day);
			}
		}
		return days;
	}

	private record Mention(@Nullable String weekday, int year, int month, int day) {

	}

}
