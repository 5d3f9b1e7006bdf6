package io.waypost.audience;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import io.waypost.audience.language.Comparison;
import io.waypost.audience.language.Condition;
import io.waypost.audience.language.Fact;
import io.waypost.audience.language.Times;
import io.waypost.audience.language.Window;
import org.jspecify.annotations.Nullable;

/** Conditions nobody would think of, over few values, so that people fulfil them. */
public final class RandomConditions {

	/** Events that people in tests do. */
	public static final List<String> EVENTS = List.of("Order Completed", "Product Viewed", "Sid's \"Event\"");

	/** Categories they do it in. */
	public static final List<String> CATEGORIES = List.of("Garden", "Kitchen & 'Bath'", "known");

	/** Topics they answer. */
	public static final List<String> TOPICS = List.of("marketing", "product-news", "2024.topic");

	private static final List<Fact> TEXTS = List.of(Fact.COUNTRY, Fact.LANGUAGE, Fact.LOCALE, Fact.TIME_ZONE,
			Fact.DEVICE, Fact.STAGE, Fact.TOP_CATEGORY);

	private static final List<Fact> NUMBERS = List.of(Fact.SCORE, Fact.ORDERS, Fact.SPENT, Fact.AVERAGE_ORDER,
			Fact.SINCE_ORDER, Fact.SINCE_FIRST_ORDER, Fact.SINCE_OPEN, Fact.SINCE_CLICK, Fact.SINCE_SEEN);

	private final Random random;

	private final List<String> segments;

	/**
	 * Begins a sequence.
	 * @param random seeded, so that a failure can be repeated
	 * @param segments names that may be referred to
	 */
	public RandomConditions(Random random, List<String> segments) {
		this.random = random;
		this.segments = segments;
	}

	/**
	 * Values of a fact.
	 * @param fact a text
	 * @return in canonical spelling
	 */
	public static List<String> values(Fact fact) {
		return switch (fact) {
			case COUNTRY -> List.of("DE", "AT", "IN", "IS");
			case LANGUAGE -> List.of("de", "en", "is");
			case LOCALE -> List.of("de-AT", "en-GB", "en");
			case TIME_ZONE -> List.of("Europe/Vienna", "Etc/GMT+3", "UTC");
			case DEVICE -> List.of("desktop", "mobile", "tablet");
			case STAGE -> List.of("prospect", "new", "active", "loyal", "at-risk", "lapsed");
			default -> CATEGORIES;
		};
	}

	/**
	 * Makes a condition.
	 * @param depth how deep it may be
	 * @return the condition, in the form that reading answers
	 */
	public Condition next(int depth) {
		int kind = (depth > 0) ? this.random.nextInt(10) : 9;
		return switch (kind) {
			case 0, 1, 2 -> Condition.all(several(depth));
			case 3, 4 -> Condition.any(several(depth));
			case 5, 6 -> new Condition.Not(next(depth - 1));
			default -> single();
		};
	}

	private List<Condition> several(int depth) {
		List<Condition> parts = new ArrayList<>();
		for (int i = 0; i < 2 + this.random.nextInt(2); i++) {
			parts.add(next(depth - 1));
		}
		return parts;
	}

	private Condition single() {
		List<Supplier<Condition>> kinds = List.of(Condition.Everyone::new, this::answered, this::known, this::oneOf,
				this::oneOf, this::compared, this::compared, this::between, this::did, this::did, this::did, this::did,
				this::segment);
		return pick(kinds).get();
	}

	private Condition answered() {
		return new Condition.Answered(pick(TOPICS), this.random.nextBoolean());
	}

	private Condition segment() {
		return this.segments.isEmpty() ? answered() : new Condition.InSegment(pick(this.segments));
	}

	private Condition known() {
		return new Condition.Known(pick(List.of(Fact.values())));
	}

	private Condition oneOf() {
		Fact fact = pick(TEXTS);
		List<String> values = new ArrayList<>(values(fact));
		Collections.shuffle(values, this.random);
		return new Condition.OneOf(fact, values.subList(0, 1 + this.random.nextInt(2)));
	}

	private Condition compared() {
		Fact fact = pick(NUMBERS);
		return new Condition.Compared(fact, pick(List.of(Comparison.values())), number(fact));
	}

	private Condition between() {
		Fact fact = pick(NUMBERS);
		BigDecimal one = number(fact);
		BigDecimal other = number(fact);
		return new Condition.Between(fact, one.min(other), one.max(other));
	}

	private BigDecimal number(Fact fact) {
		int whole = switch (fact) {
			case ORDERS -> this.random.nextInt(4);
			case SCORE, SPENT, AVERAGE_ORDER -> this.random.nextInt(100);
			default -> this.random.nextInt(60);
		};
		boolean money = fact == Fact.SPENT || fact == Fact.AVERAGE_ORDER;
		return (money && this.random.nextBoolean()) ? new BigDecimal(whole + ".5") : BigDecimal.valueOf(whole);
	}

	private Condition did() {
		Times.Bound bound = pick(List.of(Times.Bound.values()));
		Times times = this.random.nextBoolean() ? Times.ANY
				: new Times(bound, ((bound == Times.Bound.AT_LEAST) ? 1 : 0) + this.random.nextInt(3));
		boolean worth = times.bound() == Times.Bound.AT_LEAST && this.random.nextInt(4) == 0;
		return new Condition.Did(pick(EVENTS), this.random.nextInt(3) == 0 ? pick(CATEGORIES) : null, times,
				worth ? BigDecimal.valueOf(this.random.nextInt(80)) : null, window());
	}

	private @Nullable Window window() {
		return switch (this.random.nextInt(4)) {
			case 0 -> null;
			case 1 -> new Window(1 + this.random.nextInt(60), Window.Unit.DAYS);
			case 2 -> new Window(1 + this.random.nextInt(8), Window.Unit.WEEKS);
			default -> new Window(1 + this.random.nextInt(500), Window.Unit.HOURS);
		};
	}

	private <T> T pick(List<T> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

}
