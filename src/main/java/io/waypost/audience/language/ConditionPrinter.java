package io.waypost.audience.language;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Formats conditions in canonical form. */
final class ConditionPrinter {

	private static final String BARE = "[A-Za-z][A-Za-z0-9_/-]*";

	private static final Set<String> RESERVED = Set.of("and", "or", "not", "is", "one", "known", "unknown");

	private ConditionPrinter() {
	}

	static String print(Condition condition) {
		return switch (condition) {
			case Condition.Everyone everyone -> "everyone";
			case Condition.All(List<Condition> parts) -> join(" and ", parts);
			case Condition.Any(List<Condition> parts) ->
				parts.stream().map(ConditionPrinter::print).collect(Collectors.joining(" or "));
			case Condition.Not(Condition part) -> opposite(part);
			case Condition.InSegment(String name) -> "in segment " + value(name);
			case Condition.ConsentAnswer(String topic, boolean granted) ->
				(granted ? "consents to " : "refused ") + value(topic);
			case Condition.HasValue(SegmentAttribute attribute) -> attribute.phrase() + " is known";
			case Condition.OneOf one -> one.attribute().phrase() + " is " + list(one.values());
			case Condition.Compared one -> one.attribute().phrase() + " is " + compared(one);
			case Condition.Between one -> "%s is between %s and %s".formatted(one.attribute().phrase(),
					one.low().toPlainString(), one.high().toPlainString());
			case Condition.Performed performed -> "did " + performed(performed);
		};
	}

	private static String opposite(Condition part) {
		return switch (part) {
			case Condition.HasValue(SegmentAttribute attribute) -> attribute.phrase() + " is unknown";
			case Condition.OneOf one -> one.attribute().phrase() + " is not " + list(one.values());
			case Condition.Compared one when one.comparison() == ComparisonOperator.EQUAL ->
				one.attribute().phrase() + " is not " + one.number().toPlainString();
			case Condition.Performed performed when performed.count().equals(OccurrenceCount.ANY)
					&& performed.minAmount() == null ->
				"never did " + performed(performed);
			default -> "not " + nested(part);
		};
	}

	private static String join(String operator, List<Condition> parts) {
		return parts.stream().map(ConditionPrinter::nested).collect(Collectors.joining(operator));
	}

	private static String nested(Condition part) {
		boolean compound = part instanceof Condition.All || part instanceof Condition.Any;
		return compound ? "(" + print(part) + ")" : print(part);
	}

	private static String list(List<String> values) {
		return (values.size() == 1) ? value(values.getFirst())
				: "one of " + values.stream().map(ConditionPrinter::value).collect(Collectors.joining(", "));
	}

	private static String compared(Condition.Compared one) {
		String phrase = one.comparison().phrase();
		return phrase + (phrase.isEmpty() ? "" : " ") + one.number().toPlainString();
	}

	private static String performed(Condition.Performed performed) {
		StringBuilder text = new StringBuilder(quoted(performed.event()));
		if (performed.category() != null) {
			text.append(" where category is ").append(value(performed.category()));
		}
		OccurrenceCount times = performed.count();
		if (!times.equals(OccurrenceCount.ANY)) {
			text.append(' ').append(times.bound().phrase()).append(' ').append(times.number());
			text.append((times.number() == 1) ? " time" : " times");
		}
		if (performed.minAmount() != null) {
			text.append(" worth at least ").append(performed.minAmount().toPlainString());
		}
		return ((performed.window() != null) ? text.append(" in ").append(performed.window()) : text).toString();
	}

	/** Quotes a value unless it is an unambiguous word. */
	private static String value(String value) {
		boolean bare = value.matches(BARE) && !RESERVED.contains(value.toLowerCase(Locale.ROOT));
		return bare ? value : quoted(value);
	}

	private static String quoted(String text) {
		return (text.indexOf('\'') >= 0 && text.indexOf('"') < 0) ? '"' + text + '"'
				: "'" + text.replace("'", "''") + "'";
	}

}
