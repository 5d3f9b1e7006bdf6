package io.waypost.audience;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.waypost.audience.language.Condition;
import io.waypost.audience.language.SegmentAttribute;
import io.waypost.kernel.ProfileId;

/**
 * Somebody whose facts and history are known in full, and what the language means for
 * them: written from the language's description, with nothing of the SQL in it.
 *
 * @param profile who
 * @param facts texts, numbers and moments; what is unknown is absent
 * @param granted topics
 * @param refused topics
 * @param history what they did
 */
public record AudienceTestProfile(ProfileId profile, Map<SegmentAttribute, Object> facts, Set<String> granted,
		Set<String> refused, List<TestActivity> history) {

	/** One event. */
	public record TestActivity(String event, List<String> categories, Instant at, BigDecimal worth) {

	}

	public boolean fulfils(Condition condition, Instant asOf, Function<String, Condition> segments) {
		return switch (condition) {
			case Condition.Everyone everyone -> true;
			case Condition.All all -> all.parts().stream().allMatch((part) -> fulfils(part, asOf, segments));
			case Condition.Any any -> any.parts().stream().anyMatch((part) -> fulfils(part, asOf, segments));
			case Condition.Not not -> !fulfils(not.part(), asOf, segments);
			case Condition.InSegment in -> fulfils(segments.apply(in.name()), asOf, segments);
			case Condition.ConsentAnswer answered ->
				(answered.granted() ? this.granted : this.refused).contains(answered.topic());
			case Condition.HasValue known -> this.facts.containsKey(known.attribute());
			case Condition.OneOf one ->
				this.facts.containsKey(one.attribute()) && one.values().contains(this.facts.get(one.attribute()));
			case Condition.Compared one -> this.facts.containsKey(one.attribute())
					&& one.comparison().holds(number(one.attribute(), asOf).compareTo(one.number()));
			case Condition.Between one ->
				this.facts.containsKey(one.attribute()) && number(one.attribute(), asOf).compareTo(one.low()) >= 0
						&& number(one.attribute(), asOf).compareTo(one.high()) <= 0;
			case Condition.Performed did -> did(did, asOf);
		};
	}

	private BigDecimal number(SegmentAttribute fact, Instant asOf) {
		Object value = this.facts.get(fact);
		if (value instanceof Instant at) {
			long micros = Duration.between(at, asOf).toNanos() / 1000;
			return BigDecimal.valueOf(Math.floorDiv(micros, Duration.ofDays(1).toNanos() / 1000));
		}
		return (BigDecimal) value;
	}

	private boolean did(Condition.Performed did, Instant asOf) {
		List<TestActivity> done = this.history.stream()
			.filter((one) -> one.event().equals(did.event()))
			.filter((one) -> did.category() == null || one.categories().contains(did.category()))
			.filter((one) -> !one.at().isAfter(asOf))
			.filter((one) -> did.window() == null || one.at().isAfter(asOf.minus(did.window().length())))
			.toList();
		BigDecimal worth = done.stream().map(TestActivity::worth).reduce(BigDecimal.ZERO, BigDecimal::add);
		return did.count().matches(done.size()) && (did.worth() == null || worth.compareTo(did.worth()) >= 0);
	}

}
