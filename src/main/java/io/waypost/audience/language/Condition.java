package io.waypost.audience.language;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What a definition says. Each condition is true or false of a person, never anything
 * between: what is unknown fulfils no condition, and so fulfils its opposite.
 */
public sealed interface Condition {

	/** True of anybody. */
	record Everyone() implements Condition {

	}

	/**
	 * All of them.
	 *
	 * @param parts at least two, none of them of this kind
	 */
	record All(List<Condition> parts) implements Condition {

		public All {
			parts = List.copyOf(parts);
		}

	}

	/**
	 * Any of them.
	 *
	 * @param parts at least two, none of them of this kind
	 */
	record Any(List<Condition> parts) implements Condition {

		public Any {
			parts = List.copyOf(parts);
		}

	}

	/**
	 * The opposite.
	 *
	 * @param part of what
	 */
	record Not(Condition part) implements Condition {

	}

	/**
	 * In another segment.
	 *
	 * @param name canonical name
	 */
	record InSegment(String name) implements Condition {

	}

	/**
	 * The answer in force for a topic; somebody who never answered has none.
	 *
	 * @param topic key of the topic
	 * @param yes granted; else denied or revoked
	 */
	record ConsentAnswer(String topic, boolean granted) implements Condition {

	}

	/**
	 * There is a value.
	 *
	 * @param fact of what
	 */
	record HasValue(SegmentAttribute attribute) implements Condition {

	}

	/**
	 * The value is one of these.
	 *
	 * @param fact a text
	 * @param values at least one, in the spelling of
	 * {@link SegmentAttribute#canonicalValue}
	 */
	record OneOf(SegmentAttribute attribute, List<String> values) implements Condition {

		public OneOf {
			values = List.copyOf(values);
		}

	}

	/**
	 * The value is so large.
	 *
	 * @param fact a number
	 * @param comparison how to compare
	 * @param number with what, without trailing zeros
	 */
	record Compared(SegmentAttribute attribute, ComparisonOperator comparison, BigDecimal number) implements Condition {

	}

	/**
	 * The value lies between, both ends included.
	 *
	 * @param fact a number
	 * @param low lower end
	 * @param high upper end, not below the lower
	 */
	record Between(SegmentAttribute attribute, BigDecimal low, BigDecimal high) implements Condition {

	}

	/**
	 * Something was done so often.
	 *
	 * @param event the tracking plan's name
	 * @param category of the event or of one of its products, null for any
	 * @param times how often
	 * @param worth how much it must come to altogether, null for no matter; only with a
	 * lower bound of times
	 * @param window how far back, null for ever
	 */
	record Performed(String event, @Nullable String category, OccurrenceCount count, @Nullable BigDecimal worth,
			@Nullable LookbackWindow window) implements Condition {

	}

	/**
	 * All of some conditions; those of the same kind are taken apart.
	 * @param conditions at least one
	 * @return the condition itself when it is alone
	 */
	static Condition all(List<Condition> conditions) {
		List<Condition> parts = new ArrayList<>();
		conditions.forEach((one) -> parts.addAll((one instanceof All(List<Condition> inner)) ? inner : List.of(one)));
		return (parts.size() == 1) ? parts.getFirst() : new All(parts);
	}

	/**
	 * Any of some conditions; those of the same kind are taken apart.
	 * @param conditions at least one
	 * @return the condition itself when it is alone
	 */
	static Condition any(List<Condition> conditions) {
		List<Condition> parts = new ArrayList<>();
		conditions.forEach((one) -> parts.addAll((one instanceof Any(List<Condition> inner)) ? inner : List.of(one)));
		return (parts.size() == 1) ? parts.getFirst() : new Any(parts);
	}

	/**
	 * Visits the conditions that ask something themselves, in the order of the text.
	 * @param visitor takes each, also one that comes twice
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
