package io.waypost.agent.phrase;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Finds dates in texts: in figures, with names and abbreviations of months, and with
 * ordinal numbers in words; with a weekday before or after it; in English, German and
 * French.
 */
public final class DateMentions {

	private static final Map<String, Integer> MONTHS = numbered("january januar janvier jan janv janner",
			"february februar " + "février fevrier feb févr fevr fév feber", "march märz mars mar mrz maerz",
			"april avril apr avr", "may mai", "june juni juin jun", "july juli juillet jul juil",
			"august août aout aug aoû", "september septembre sept sep", "october oktober octobre oct okt",
			"november novembre nov", "december dezember décembre decembre dec dez déc");

	private static final Map<String, Integer> DAYS = numbered("monday montag lundi mon lun mo",
			"tuesday dienstag mardi " + "tues tue mar di", "wednesday mittwoch mercredi wed mer mi",
			"thursday donnerstag jeudi thurs thur thu jeu do", "friday freitag vendredi fri ven fr",
			"saturday samstag samedi sonnabend sat sam sa", "sunday sonntag dimanche sun dim so");

	private static final Map<String, Integer> ORDINALS = ordinals();

	/**
	 * Short German names are words of other languages, so they need a mark behind them.
	 */
	private static final String DAY = "(?:(" + names(DAYS, 3) + ")\\b\\.?|\\b(mo|di|mi|do|fr|sa|so)[.,])";

	/** Longest distance of a weekday from its date. */
	private static final int WEEKDAY_DISTANCE = 24;

	private static final Pattern BEFORE = compile(
			"\\b" + DAY + ",?\\s*\\(?\\s*(?:the\\s|den\\s|dem\\s|le\\s|am\\s)?\\s?$");

	private static final Pattern AFTER = compile(
			"\\s?[,(–-]\\s?(?:an?\\s|the\\s|einem\\s|dem\\s|ein\\s|un\\s|le\\s)?(" + names(DAYS, 3) + ")\\b");

	private static final String MONTH = "(" + names(MONTHS, 3) + ")\\b\\.?";

	private static final String YEAR = "(?:,?\\s+(\\d{4}))?";

	/** 2026-11-21, 2026/11/21. */
	static final Pattern YEAR_FIRST = compile("(?<![\\d-])(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?!\\d)");

	/** 21.11.2026, 21/11/26, 21-11-2026. */
	static final Pattern NUMERIC = compile(
			"(?<![\\d.,/-])(\\d{1,2})([./-])\\s?(\\d{1,2})\\2\\s?(\\d{4}|\\d{2})(?![\\d%]|[./-]\\d)");

	/** 21.11. and, after a preposition, 21/11. */
	static final Pattern WITHOUT_YEAR = compile(
			"(?:(?<![\\d.,/€$£¥])(?<![€$£¥] |EUR |USD |GBP |CHF )(0?[1-9]|[12]\\d|3[01])\\.\\s?(0?[1-9]|1[0-2])\\.(?!\\d)"
					+ "|(?<=\\b(?:until|till|by|from|to|on|before|through|since|bis|vom|zum|am|ab|seit|le|du|au|dès|depuis)\\s)"
					+ "(\\d{1,2})/(\\d{1,2})(?![\\d/]))");

	/** 21 November 2026, 21. November, 1er novembre, the second of February. */
	static final Pattern DAY_FIRST = compile("\\b(\\d{1,2}|" + names(ORDINALS, 4)
			+ ")(?:\\.|st|nd|rd|th|er|e)?\\s+(?:day\\s)?(?:of\\s+|de\\s+)?" + MONTH + YEAR);

	/** November 21st, 2026. */
	static final Pattern MONTH_FIRST = compile(
			"\\b" + MONTH + "\\s+(?:the\\s+)?(\\d{1,2})(?:st|nd|rd|th)?(?![\\d%]|[.,:]\\d)" + YEAR);

	/** November 2025, spring 2025. */
	private static final Pattern PERIOD = compile("(?U)\\b(?:" + MONTH
			+ "|(spring|summer|autumn|fall|winter|frühjahr|frühling|sommer|herbst|printemps|été|automne|hiver))\\s+(?:of\\s+|de\\s+)?(\\d{4})\\b");

	private static final Pattern LAST_MONTH = compile(
			"\\b(?:of last month|of the last month|des letzten monats|des vergangenen monats|du mois dernier|du mois passé|last (?:spring|summer|autumn|winter))\\b");

	private static final Set<String> MONTH_WORDS = Set.copyOf(monthWords());

	private DateMentions() {
	}

	/**
	 * Whether a text may mention a date; a cheap test.
	 * @param text any text
	 * @return true when it may
	 */
	public static boolean possible(String text) {
		return TextFeatures.hasDigit(text) || hasMonth(text);
	}

	/** Whether a token is the name of a month. */
	static boolean isMonth(String token) {
		return MONTH_WORDS.contains(token);
	}

	/** Whether a word is the name of a month, or "last month" may be said. */
	private static boolean hasMonth(String text) {
		TextTokens tokens = TextTokens.of(text);
		for (int i = 0; i < tokens.size(); i++) {
			if (MONTH_WORDS.contains(tokens.word(i))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a name contains the name of a month or of a weekday.
	 * @param text a name
	 * @return true when it does
	 */
	public static boolean hasCalendarName(String text) {
		String folded = CaseFolding.of(text);
		return MONTHS.keySet().stream().anyMatch((name) -> name.length() > 3 && folded.contains(name))
				|| DAYS.keySet().stream().anyMatch((name) -> name.length() > 3 && folded.contains(name));
	}

	/**
	 * Finds the dates of a text.
	 * @param text any text
	 * @param locale in US English the month comes first
	 * @return the dates
	 */
	public static List<DateMention> in(String text, Locale locale) {
		List<DateMention> mentions = new ArrayList<>();
		if (!possible(text)) {
			return mentions;
		}
		boolean monthFirst = locale.getCountry().equals("US");
		if (TextFeatures.hasDigit(text)) {
			read(YEAR_FIRST.matcher(text), text, mentions,
					(match) -> new int[] { year(match.group(1)), number(match.group(2)), number(match.group(3)), 0 });
			read(NUMERIC.matcher(text), text, mentions, (match) -> dayMonth(number(match.group(1)),
					number(match.group(3)), year(match.group(4)), monthFirst, match.group(2)));
			read(WITHOUT_YEAR.matcher(text), text, mentions,
					(match) -> (match.group(1) != null)
							? new int[] { 0, number(match.group(2)), number(match.group(1)), 0 }
							: dayMonth(number(match.group(3)), number(match.group(4)), 0, monthFirst, "/"));
		}
		if (hasMonth(text)) {
			read(DAY_FIRST.matcher(text), text, mentions,
					(match) -> new int[] { year(match.group(3)), month(match.group(2)), day(match.group(1)), 0 });
			read(MONTH_FIRST.matcher(text), text, mentions,
					(match) -> new int[] { year(match.group(3)), month(match.group(1)), number(match.group(2)), 0 });
		}
		return mentions;
	}

	/**
	 * Finds periods that were over before a month: of last month, spring 2025. A period
	 * inside of a date is none.
	 * @param text any text
	 * @param dates dates of the text
	 * @param year year of today
	 * @param month month of today
	 * @return true when there is one
	 */
	public static boolean namesPastPeriod(String text, List<DateMention> dates, int year, int month) {
		if (!hasMonth(text) && !TextFeatures.hasDigit(text)) {
			return false;
		}
		if (LAST_MONTH.matcher(text).find()) {
			return true;
		}
		Matcher period = PERIOD.matcher(text);
		while (period.find()) {
			int named = number(period.group(3));
			int start = period.start();
			boolean inside = dates.stream().anyMatch((date) -> date.start() <= start && start < date.end());
			if (!inside && named > 1900
					&& (named < year || (named == year && period.group(1) != null && month(period.group(1)) < month))) {
				return true;
			}
		}
		return false;
	}

	private interface Reader {

		int[] read(Matcher match);

	}

	private static void read(Matcher matcher, String text, List<DateMention> mentions, Reader reader) {
		while (matcher.find()) {
			int[] date = reader.read(matcher);
			int start = matcher.start();
			boolean inside = mentions.stream()
				.anyMatch((other) -> start < other.end() && other.start() < matcher.end());
			if (!inside && date[1] > 0) {
				mentions.add(new DateMention(weekday(text, start, matcher.end()), date[0], date[1], date[2],
						date[3] == 1, start, matcher.end()));
			}
		}
	}

	/** Finds the weekday before or behind a date. */
	private static @Nullable DayOfWeek weekday(String text, int start, int end) {
		Matcher before = BEFORE.matcher(text.substring(Math.max(0, start - WEEKDAY_DISTANCE), start));
		Matcher after = AFTER.matcher(text.substring(end, Math.min(text.length(), end + WEEKDAY_DISTANCE)));
		String name = before.find() ? ((before.group(1) != null) ? before.group(1) : before.group(2))
				: after.lookingAt() ? after.group(1) : null;
		Integer day = (name != null) ? DAYS.get(CaseFolding.of(name)) : null;
		return (day != null) ? DayOfWeek.of(day) : null;
	}

	/**
	 * With slashes the order may be either one; the month comes first only in US English.
	 */
	private static int[] dayMonth(int first, int second, int year, boolean american, String separator) {
		boolean monthFirst = (american && separator.equals("/") && first <= 12) || second > 12;
		int ambiguous = (separator.equals("/") && first <= 12 && second <= 12) ? 1 : 0;
		return new int[] { year, monthFirst ? first : second, monthFirst ? second : first, ambiguous };
	}

	private static int number(String digits) {
		return Integer.parseInt(digits);
	}

	private static int day(String text) {
		return Character.isDigit(text.charAt(0)) ? number(text) : ORDINALS.getOrDefault(CaseFolding.of(text), 0);
	}

	private static int year(@Nullable String digits) {
		return (digits == null) ? 0 : (digits.length() == 2) ? 2000 + number(digits) : number(digits);
	}

	private static int month(String name) {
		return MONTHS.getOrDefault(CaseFolding.of(name), 0);
	}

	private static Pattern compile(String pattern) {
		return Pattern.compile("(?iu)" + pattern);
	}

	private static Map<String, Integer> numbered(String... names) {
		Map<String, Integer> numbers = new HashMap<>();
		for (int i = 0; i < names.length; i++) {
			for (String name : names[i].split(" ", -1)) {
				numbers.put(CaseFolding.of(name), i + 1);
			}
		}
		return numbers;
	}

	/** Names of months without accents, and the word month. */
	private static Set<String> monthWords() {
		Set<String> words = new HashSet<>(List.of("month", "monats", "mois"));
		for (String name : MONTHS.keySet()) {
			TextTokens tokens = TextTokens.of(name);
			words.add(tokens.word(0));
		}
		return words;
	}

	private static Map<String, Integer> ordinals() {
		Map<String, Integer> ordinals = numbered("first ersten erster premier", "second zweiten zweiter deux",
				"third dritten dritter trois", "fourth vierten vierter quatre", "fifth fünften cinq",
				"sixth sechsten six", "seventh siebten sept", "eighth achten huit", "ninth neunten neuf",
				"tenth zehnten dix", "eleventh elften onze", "twelfth zwölften douze", "thirteenth dreizehnten treize",
				"fourteenth vierzehnten quatorze", "fifteenth fünfzehnten quinze", "sixteenth sechzehnten seize",
				"seventeenth siebzehnten dix-sept", "eighteenth achtzehnten dix-huit",
				"nineteenth neunzehnten dix-neuf", "twentieth zwanzigsten vingt", "twenty-first einundzwanzigsten",
				"twenty-second zweiundzwanzigsten vingt-deux", "twenty-third dreiundzwanzigsten vingt-trois",
				"twenty-fourth vierundzwanzigsten vingt-quatre", "twenty-fifth fünfundzwanzigsten vingt-cinq",
				"twenty-sixth sechsundzwanzigsten vingt-six", "twenty-seventh siebenundzwanzigsten vingt-sept",
				"twenty-eighth achtundzwanzigsten vingt-huit", "twenty-ninth neunundzwanzigsten vingt-neuf",
				"thirtieth dreißigsten trente", "thirty-first einunddreißigsten");
		return ordinals;
	}

	private static String names(Map<String, Integer> names, int shortest) {
		return String.join("|",
				names.keySet()
					.stream()
					.filter((name) -> name.length() >= shortest)
					.sorted((a, b) -> (a.length() != b.length()) ? b.length() - a.length() : a.compareTo(b))
					.toList());
	}

	/**
	 * A date in a text.
	 *
	 * @param weekday the weekday that the text names, null for none
	 * @param year 0 when the text names none
	 * @param month 1 to 12, or an impossible number
	 * @param day 1 to 31, or an impossible number
	 * @param ambiguous whether day and month may be the other way round
	 * @param start index of its first character
	 * @param end index after its last character
	 */
	public record DateMention(@Nullable DayOfWeek weekday, int year, int month, int day, boolean ambiguous, int start,
			int end) {

	}

}
