package io.waypost.agent.guard;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.phrase.DateMentions;
import io.waypost.agent.phrase.DateMentions.DateMention;
import io.waypost.agent.phrase.RelativeDates;
import org.jspecify.annotations.Nullable;

/**
 * Finds dates that no fact carries, that are past, do not exist or name the wrong
 * weekday. The facts are declared dates and offers, the texts of the approved template,
 * and dates in the properties of the message.
 */
final class DateCheck implements ContentCheck {

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		KnownDates known = null;
		List<String> names = request.allowedNames();
		for (DraftText part : DraftText.of(request.draft())) {
			String text = part.without(names).text();
			List<Set<LocalDate>> relative = RelativeDates.in(text, request.today());
			if (relative.isEmpty() && !DateMentions.possible(text)) {
				continue;
			}
			known = (known != null) ? known : KnownDates.of(request);
			for (Set<LocalDate> days : relative) {
				if (!known.containsAny(days)) {
					findings.add(new Finding("fact", "date_unknown", Severity.WARNING, part.where(),
							"names a day by its distance from today that is no known fact"));
				}
			}
			List<DateMention> mentions = DateMentions.in(text, request.locale());
			for (DateMention mention : mentions) {
				check(findings, part.where(), mention, known, request);
			}
			if (DateMentions.namesPastPeriod(text, mentions, request.today().getYear(), request.today().getMonthValue())
					&& !request.authored().contains(text)) {
				findings.add(finding(part.where(), "date_past", "names a past period"));
			}
		}
		return findings;
	}

	private static void check(List<Finding> findings, String where, DateMention mention, KnownDates known,
			InspectionRequest request) {
		LocalDate date = known.resolved(mention, request.today());
		if (date == null) {
			findings.add(finding(where, "date_impossible", "names a date that does not exist"));
			return;
		}
		if (mention.weekday() != null && mention.weekday() != date.getDayOfWeek()) {
			findings.add(finding(where, "weekday_wrong",
					"says %s, but the date is a %s".formatted(mention.weekday(), date.getDayOfWeek())));
		}
		if (known.contains(mention)) {
			return;
		}
		if (date.isBefore(request.today())) {
			findings.add(finding(where, "date_past", "names a past date"));
		}
		else {
			findings.add(finding(where, "date_unknown", "%s is not a known fact".formatted(date)));
		}
	}

	/**
	 * A date without a year is the one from six months before to six months after today.
	 */
	private static @Nullable LocalDate date(DateMention mention, LocalDate today) {
		try {
			if (mention.year() > 0) {
				return LocalDate.of(mention.year(), mention.month(), mention.day());
			}
			LocalDate date = LocalDate.of(today.getYear(), mention.month(), mention.day());
			return date.isBefore(today.minusMonths(6)) ? date.plusYears(1) : date;
		}
		catch (DateTimeException impossible) {
			return null;
		}
	}

	private static Finding finding(String where, String code, String detail) {
		return new Finding("fact", code, Severity.SEVERE, where, detail);
	}

	/** The dates that a message may name. */
	private record KnownDates(Set<LocalDate> dates, List<DateMention> authored, List<Set<LocalDate>> relative) {

		private static final int LONGEST_DATE = 60;

		static KnownDates of(InspectionRequest request) {
			Set<LocalDate> dates = new HashSet<>(request.declared().dates());
			for (DeclaredFacts.DeclaredOffer offer : request.declared().offers()) {
				add(dates, offer.from());
				add(dates, offer.until());
			}
			addAll(dates, request.properties());
			List<DateMention> authored = new ArrayList<>(DateMentions.in(request.authored(), request.locale()));
			request.properties()
				.values()
				.stream()
				.filter((value) -> value instanceof String text && text.length() <= LONGEST_DATE)
				.forEach((value) -> authored.addAll(DateMentions.in((String) value, request.locale())));
			return new KnownDates(dates, authored, RelativeDates.in(request.authored(), request.today()));
		}

		private static void add(Set<LocalDate> dates, @Nullable LocalDate date) {
			if (date != null) {
				dates.add(date);
			}
		}

		private static void addAll(Set<LocalDate> dates, Object value) {
			switch (value) {
				case String text when text.length() >= 10 && text.charAt(4) == '-' -> add(dates, parsed(text));
				case Map<?, ?> map -> map.values().forEach((inner) -> addAll(dates, inner));
				case Collection<?> list -> list.forEach((inner) -> addAll(dates, inner));
				default -> {
				}
			}
		}

		private static @Nullable LocalDate parsed(String text) {
			try {
				return LocalDate.parse(text.substring(0, 10));
			}
			catch (DateTimeException notADate) {
				return null;
			}
		}

		/**
		 * A date without a year is the known one of that day and month, if there is one.
		 */
		@Nullable LocalDate resolved(DateMention mention, LocalDate today) {
			return this.dates.stream()
				.filter((known) -> mention.year() <= 0 && known.getMonthValue() == mention.month()
						&& known.getDayOfMonth() == mention.day())
				.min(Comparator.naturalOrder())
				.orElseGet(() -> date(mention, today));
		}

		/**
		 * Whether one of the days is known; the approved template may name it likewise.
		 */
		boolean containsAny(Set<LocalDate> days) {
			return days.stream()
				.anyMatch((day) -> this.dates.contains(day)
						|| this.relative.stream().anyMatch((known) -> known.contains(day))
						|| this.authored.stream()
							.anyMatch((date) -> date.month() == day.getMonthValue()
									&& date.day() == day.getDayOfMonth()));
		}

		boolean contains(DateMention mention) {
			return this.dates.stream()
				.anyMatch((date) -> same(mention, date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
					|| this.authored.stream().anyMatch((date) -> same(mention, date.year(), date.month(), date.day()));
		}

		private static boolean same(DateMention mention, int year, int month, int day) {
			boolean sameYear = mention.year() == 0 || year == 0 || mention.year() == year;
			return sameYear && ((mention.month() == month && mention.day() == day)
					|| (mention.ambiguous() && mention.month() == day && mention.day() == month));
		}

	}

}
