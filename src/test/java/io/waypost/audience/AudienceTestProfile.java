package io.waypost.audience;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.waypost.audience.language.ComparisonOperator;
import io.waypost.audience.language.Condition;
import io.waypost.audience.language.OccurrenceCount;
import io.waypost.audience.language.SegmentAttribute;
import io.waypost.kernel.ProfileId;

/**
 * Profile with known attributes and activities, and an evaluation of conditions on it.
 * The evaluation follows the description of the language and is independent of the SQL.
 *
 * @param id id of the profile
 * @param attributes texts, numbers and times; unknown ones are absent
 * @param granted topics with consent
 * @param refused topics without consent
 * @param activities all activities
 */
public record AudienceTestProfile(ProfileId id, Map<SegmentAttribute, Object> attributes, Set<String> granted,
		Set<String> refused, List<TestActivity> activities) {

	/** One event. */
	public record TestActivity(String event, List<String> categories, Instant at, BigDecimal amount) {

	}

	public boolean matches(Condition condition, Instant asOf, Function<String, Condition> segments) {
		return switch (condition) {
			case Condition.Everyone everyone -> true;
			case Condition.All all -> all.parts().stream().allMatch((part) -> matches(part, asOf, segments));
			case Condition.Any any -> any.parts().stream().anyMatch((part) -> matches(part, asOf, segments));
			case Condition.Not not -> !matches(not.part(), asOf, segments);
			case Condition.InSegment in -> matches(segments.apply(in.name()), asOf, segments);
			case Condition.ConsentAnswer answered ->
				(answered.granted() ? this.granted : this.refused).contains(answered.topic());
			case Condition.HasValue known -> this.attributes.containsKey(known.attribute());
			case Condition.OneOf one -> this.attributes.containsKey(one.attribute())
					&& one.values().contains(this.attributes.get(one.attribute()));
			case Condition.Compared one -> this.attributes.containsKey(one.attribute())
					&& holds(one.comparison(), number(one.attribute(), asOf).compareTo(one.number()));
			case Condition.Between one ->
				this.attributes.containsKey(one.attribute()) && number(one.attribute(), asOf).compareTo(one.low()) >= 0
						&& number(one.attribute(), asOf).compareTo(one.high()) <= 0;
			case Condition.Performed performed -> performed(performed, asOf);
		};
	}

	private BigDecimal number(SegmentAttribute attribute, Instant asOf) {
		Object value = this.attributes.get(attribute);
		if (value instanceof Instant at) {
			long micros = Duration.between(at, asOf).toNanos() / 1000;
			return BigDecimal.valueOf(Math.floorDiv(micros, Duration.ofDays(1).toNanos() / 1000));
		}
		return (BigDecimal) value;
	}

	private boolean performed(Condition.Performed performed, Instant asOf) {
		List<TestActivity> matching = this.activities.stream()
			.filter((one) -> one.event().equals(performed.event()))
			.filter((one) -> performed.category() == null || one.categories().contains(performed.category()))
			.filter((one) -> !one.at().isAfter(asOf))
			.filter((one) -> performed.window() == null || one.at().isAfter(asOf.minus(performed.window().length())))
			.toList();
		BigDecimal amount = matching.stream().map(TestActivity::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
		return matches(performed.count(), matching.size())
				&& (performed.minAmount() == null || amount.compareTo(performed.minAmount()) >= 0);
	}

	private static boolean holds(ComparisonOperator operator, int order) {
		return switch (operator) {
			case AT_LEAST -> order >= 0;
			case MORE_THAN -> order > 0;
			case AT_MOST -> order <= 0;
			case LESS_THAN -> order < 0;
			case EQUAL -> order == 0;
		};
	}

	private static boolean matches(OccurrenceCount count, int times) {
		return switch (count.bound()) {
			case AT_LEAST -> times >= count.number();
			case AT_MOST -> times <= count.number();
			case EXACTLY -> times == count.number();
		};
	}

}
