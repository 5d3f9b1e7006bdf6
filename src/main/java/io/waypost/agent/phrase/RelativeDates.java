package io.waypost.agent.phrase;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds days that a text names by their distance from today: "this Friday", "bis
 * Monatsende", "dans trois jours"; in English, German and French. A weekday with a date
 * behind it is a date and not found here.
 */
public final class RelativeDates {

	private static final Map<String, DayOfWeek> DAYS = days("monday montag lundi", "tuesday dienstag mardi",
			"wednesday mittwoch mercredi", "thursday donnerstag jeudi", "friday freitag vendredi",
			"saturday samstag samedi sonnabend", "sunday sonntag dimanche");

	/** What makes a weekday one certain day. */
	private static final Set<String> CERTAIN = Set.of("this", "next", "coming", "by", "until", "till", "diesen",
			"nachsten", "kommenden", "bis", "ce", "jusqu", "ici");

	/** Small words between such a word and the weekday. */
	private static final Set<String> BETWEEN = Set.of("next", "this", "coming", "zum", "kommenden", "nachsten", "au",
			"a", "the", "noon", "midnight");

	private static final Set<String> DAY_UNITS = Set.of("day", "days", "tag", "tagen", "tage", "jour", "jours");

	private static final Set<String> WEEK_UNITS = Set.of("week", "weeks", "woche", "wochen", "semaine", "semaines");

	/** What ends or begins on the day; without it "in two weeks" tells of seeds. */
	private static final Set<String> EVENTS = Set.of("end", "ends", "ending", "close", "closes", "over", "expires",
			"starts", "start", "begins", "opens", "sale", "offer", "endet", "schliesst", "beginnt", "startet", "offnet",
			"vorbei", "lauft", "aktion", "angebot", "fin", "finit", "termine", "commence", "ouvre", "ferme", "debute",
			"offre", "soldes");

	private static final int LONGEST_DATE = 3;

	private RelativeDates() {
	}

	/**
	 * Finds such days.
	 * @param text any text
	 * @param today current date
	 * @return for each mention the days that it may mean
	 */
	public static List<Set<LocalDate>> in(String text, LocalDate today) {
		List<Set<LocalDate>> found = new ArrayList<>();
		TextTokens tokens = TextTokens.of(text);
		boolean event = false;
		for (int at = 0; at < tokens.size() && !event; at++) {
			event = EVENTS.contains(tokens.word(at));
		}
		for (int at = 0; at < tokens.size(); at++) {
			Set<LocalDate> days = at(tokens, at, event, today);
			if (days != null) {
				found.add(days);
			}
		}
		return found;
	}

	private static @Nullable Set<LocalDate> at(TextTokens tokens, int at, boolean event, LocalDate today) {
		DayOfWeek day = DAYS.get(tokens.word(at));
		if (day != null) {
			return (isCertain(tokens, at) && !hasDate(tokens, at)) ? weekday(day, today) : null;
		}
		if (isEndOfMonth(tokens, at)) {
			return Set.of(today.with(TemporalAdjusters.lastDayOfMonth()));
		}
		if (isEndOfWeek(tokens, at)) {
			return Set.of(today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY)),
					today.with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY)));
		}
		boolean distance = tokens.word(at).equals("in") || tokens.word(at).equals("dans");
		return (event && distance) ? distance(tokens, at + 1, today) : null;
	}

	private static boolean isCertain(TextTokens tokens, int at) {
		String before = tokens.word(at - 1);
		int word = BETWEEN.contains(before) && !CERTAIN.contains(before) ? at - 2 : at - 1;
		return CERTAIN.contains(tokens.word(word)) || tokens.word(at + 1).equals("prochain");
	}

	/** Whether a number or a month follows: "until Friday, the 19th of December". */
	private static boolean hasDate(TextTokens tokens, int at) {
		for (int behind = at + 1; behind <= at + LONGEST_DATE; behind++) {
			String word = tokens.word(behind);
			if (Character.isDigit(word.charAt(0)) || DateMentions.isMonth(word)) {
				return true;
			}
		}
		return false;
	}

	private static Set<LocalDate> weekday(DayOfWeek day, LocalDate today) {
		LocalDate next = today.with(TemporalAdjusters.nextOrSame(day));
		return Set.of(next, next.plusWeeks(1));
	}

	private static boolean isEndOfMonth(TextTokens tokens, int at) {
		return switch (tokens.word(at)) {
			case "monatsende" -> true;
			case "end" -> tokens.word(at + 1).equals("of")
					&& (tokens.word(at + 2).equals("month") || tokens.word(at + 3).equals("month"));
			case "ende" -> tokens.word(at + 1).equals("des") && tokens.word(at + 2).equals("monats");
			case "fin" -> (tokens.word(at + 1).equals("du") || tokens.word(at + 1).equals("de"))
					&& tokens.word(at + 2).equals("mois");
			default -> false;
		};
	}

	private static boolean isEndOfWeek(TextTokens tokens, int at) {
		return switch (tokens.word(at)) {
			case "end" -> tokens.word(at + 1).equals("of")
					&& (tokens.word(at + 2).equals("week") || tokens.word(at + 3).equals("week"));
			case "ende" -> tokens.word(at + 1).equals("der") && tokens.word(at + 2).equals("woche");
			case "fin" -> tokens.word(at + 1).equals("de") && tokens.word(at + 2).equals("la")
					&& tokens.word(at + 3).equals("semaine");
			default -> false;
		};
	}

	private static @Nullable Set<LocalDate> distance(TextTokens tokens, int at, LocalDate today) {
		SpelledNumbers.ReadNumber number = SpelledNumbers.read(tokens, at);
		if (number == null || number.value().intValue() > 400) {
			return null;
		}
		String unit = tokens.word(at + number.length());
		return DAY_UNITS.contains(unit) ? Set.of(today.plusDays(number.value().intValue()))
				: WEEK_UNITS.contains(unit) ? Set.of(today.plusWeeks(number.value().intValue())) : null;
	}

	private static Map<String, DayOfWeek> days(String... names) {
		Map<String, DayOfWeek> days = new HashMap<>();
		for (int i = 0; i < names.length; i++) {
			for (String name : names[i].split(" ", -1)) {
				days.put(name, DayOfWeek.of(i + 1));
			}
		}
		return days;
	}

}
