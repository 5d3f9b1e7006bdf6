package io.waypost.audience.language;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Condition of a segment. It is either true or false for a profile: an unknown value
 * makes a condition false, and its negation true.
 */
public sealed interface Condition {

	/** Matches all profiles. */
	record Everyone() implements Condition {

	}

	/**
	 * Conjunction.
	 *
	 * @param parts at least two, none of them a conjunction
	 */
	record All(List<Condition> parts) implements Condition {

		public All {
			parts = List.copyOf(parts);
		}

	}

	/**
	 * Disjunction.
	 *
	 * @param parts at least two, none of them a disjunction
	 */
	record Any(List<Condition> parts) implements Condition {

		public Any {
			parts = List.copyOf(parts);
		}

	}

	/**
	 * Negation.
	 *
	 * @param part the negated condition
	 */
	record Not(Condition part) implements Condition {

	}

	/**
	 * Membership in another segment.
	 *
	 * @param name name of the segment
	 */
	record InSegment(String name) implements Condition {

	}

	/**
	 * The current consent for a topic; a person who never answered has none.
	 *
	 * @param topic key of the topic
	 * @param granted true for granted; false for denied or revoked
	 */
	record ConsentAnswer(String topic, boolean granted) implements Condition {

	}

	/**
	 * The attribute has a value.
	 *
	 * @param attribute the attribute
	 */
	record HasValue(SegmentAttribute attribute) implements Condition {

	}

	/**
	 * The value is one of a list.
	 *
	 * @param attribute a text attribute
	 * @param values at least one, as returned by {@link SegmentAttribute#canonicalValue}
	 */
	record OneOf(SegmentAttribute attribute, List<String> values) implements Condition {

		public OneOf {
			values = List.copyOf(values);
		}

	}

	/**
	 * The value compares with a number.
	 *
	 * @param attribute a numeric attribute
	 * @param comparison the operator
	 * @param number the number, without trailing zeros
	 */
	record Compared(SegmentAttribute attribute, ComparisonOperator comparison, BigDecimal number) implements Condition {

	}

	/**
	 * The value is in a range, both ends included.
	 *
	 * @param attribute a numeric attribute
	 * @param low lower end
	 * @param high upper end, not below the lower
	 */
	record Between(SegmentAttribute attribute, BigDecimal low, BigDecimal high) implements Condition {

	}

	/**
	 * An activity was performed a number of times.
	 *
	 * @param event event name in the tracking plan
	 * @param category category of the event or of one of its products, null for any
	 * @param count how often
	 * @param minAmount minimum total amount, null for none; only with a lower bound of
	 * the count
	 * @param window lookback window, null for all time
	 */
	record Performed(String event, @Nullable String category, OccurrenceCount count, @Nullable BigDecimal minAmount,
			@Nullable LookbackWindow window) implements Condition {

	}

	/**
	 * Combines conditions by and; nested conjunctions are flattened.
	 * @param conditions at least one
	 * @return the condition itself if there is only one
	 */
	static Condition all(List<Condition> conditions) {
		List<Condition> parts = new ArrayList<>();
		conditions.forEach((one) -> parts.addAll((one instanceof All(List<Condition> inner)) ? inner : List.of(one)));
		return (parts.size() == 1) ? parts.getFirst() : new All(parts);
	}

	/**
	 * Combines conditions by or; nested disjunctions are flattened.
	 * @param conditions at least one
	 * @return the condition itself if there is only one
	 */
	static Condition any(List<Condition> conditions) {
		List<Condition> parts = new ArrayList<>();
		conditions.forEach((one) -> parts.addAll((one instanceof Any(List<Condition> inner)) ? inner : List.of(one)));
		return (parts.size() == 1) ? parts.getFirst() : new Any(parts);
	}

	/**
	 * Visits the conditions other than and, or, not, in the order of the text.
	 * @param visitor is called for each, also for repeated ones
	 */
	default void forEachLeaf(Consumer<Condition> visitor) {
		switch (this) {
			case All(List<Condition> parts) -> parts.forEach((part) -> part.forEachLeaf(visitor));
			case Any(List<Condition> parts) -> parts.forEach((part) -> part.forEachLeaf(visitor));
			case Not(Condition part) -> part.forEachLeaf(visitor);
			case Everyone one -> visitor.accept(one);
			case InSegment one -> visitor.accept(one);
			case ConsentAnswer one -> visitor.accept(one);
			case HasValue one -> visitor.accept(one);
			case OneOf one -> visitor.accept(one);
			case Compared one -> visitor.accept(one);
			case Between one -> visitor.accept(one);
			case Performed one -> visitor.accept(one);
		}
	}

}
