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
	record Answered(String topic, boolean yes) implements Condition {

	}

	/**
	 * There is a value.
	 *
	 * @param fact of what
	 */
	record Known(Fact fact) implements Condition {

	}

	/**
	 * The value is one of these.
	 *
	 * @param fact a text
	 * @param values at least one, in the spelling of {@link Fact#spelling}
	 */
	record OneOf(Fact fact, List<String> values) implements Condition {

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
	record Compared(Fact fact, Comparison comparison, BigDecimal number) implements Condition {

	}

	/**
	 * The value lies between, both ends included.
	 *
	 * @param fact a number
	 * @param low lower end
	 * @param high upper end, not below the lower
	 */
	record Between(Fact fact, BigDecimal low, BigDecimal high) implements Condition {

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
	record Did(String event, @Nullable String category, Times times, @Nullable BigDecimal worth,
			@Nullable Window window) implements Condition {

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
	default void eachSingle(Consumer<Condition> visitor) {
		switch (this) {
			case All(List<Condition> parts) -> parts.forEach((part) -> part.eachSingle(visitor));
			case Any(List<Condition> parts) -> parts.forEach((part) -> part.eachSingle(visitor));
			case Not(Condition part) -> part.eachSingle(visitor);
			case Everyone one -> visitor.accept(one);
			case InSegment one -> visitor.accept(one);
			case Answered one -> visitor.accept(one);
			case Known one -> visitor.accept(one);
			case OneOf one -> visitor.accept(one);
			case Compared one -> visitor.accept(one);
			case Between one -> visitor.accept(one);
			case Did one -> visitor.accept(one);
		}
	}

}
