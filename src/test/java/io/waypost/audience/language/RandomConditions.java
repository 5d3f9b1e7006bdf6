package io.waypost.audience.language;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Conditions nobody would think of, over few values, so that people fulfil them. */
public final class RandomConditions {

	/** Events that people in tests do. */
	public static final List<String> EVENTS = List.of("Order Completed", "Product Viewed", "Sid's \"Event\"");

	/** Categories they do it in. */
	public static final List<String> CATEGORIES = List.of("Garden", "Kitchen & 'Bath'", "known");

	/** Topics they answer. */
	public static final List<String> TOPICS = List.of("marketing", "product-news", "2024.topic");

	private static final List<SegmentAttribute> TEXTS = List.of(SegmentAttribute.COUNTRY, SegmentAttribute.LANGUAGE,
			SegmentAttribute.LOCALE, SegmentAttribute.TIME_ZONE, SegmentAttribute.DEVICE, SegmentAttribute.STAGE,
			SegmentAttribute.TOP_CATEGORY);

	private static final List<SegmentAttribute> NUMBERS = List.of(SegmentAttribute.SCORE, SegmentAttribute.ORDERS,
			SegmentAttribute.SPENT, SegmentAttribute.AVERAGE_ORDER, SegmentAttribute.SINCE_ORDER,
			SegmentAttribute.SINCE_FIRST_ORDER, SegmentAttribute.SINCE_OPEN, SegmentAttribute.SINCE_CLICK,
			SegmentAttribute.SINCE_SEEN);

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
	public static List<String> values(SegmentAttribute fact) {
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
		return new Condition.ConsentAnswer(pick(TOPICS), this.random.nextBoolean());
	}

	private Condition segment() {
		return this.segments.isEmpty() ? answered() : new Condition.InSegment(pick(this.segments));
	}

	private Condition known() {
		return new Condition.HasValue(pick(List.of(SegmentAttribute.values())));
	}

	private Condition oneOf() {
		SegmentAttribute fact = pick(TEXTS);
		List<String> values = new ArrayList<>(values(fact));
		Collections.shuffle(values, this.random);
		return new Condition.OneOf(fact, values.subList(0, 1 + this.random.nextInt(2)));
	}

	private Condition compared() {
		SegmentAttribute fact = pick(NUMBERS);
		return new Condition.Compared(fact, pick(List.of(ComparisonOperator.values())), number(fact));
	}

	private Condition between() {
		SegmentAttribute fact = pick(NUMBERS);
		BigDecimal one = number(fact);
		BigDecimal other = number(fact);
		return new Condition.Between(fact, one.min(other), one.max(other));
	}

	private BigDecimal number(SegmentAttribute fact) {
		int whole = switch (fact) {
			case ORDERS -> this.random.nextInt(4);
			case SCORE, SPENT, AVERAGE_ORDER -> this.random.nextInt(100);
			default -> this.random.nextInt(60);
		};
		boolean money = fact == SegmentAttribute.SPENT || fact == SegmentAttribute.AVERAGE_ORDER;
		return (money && this.random.nextBoolean()) ? new BigDecimal(whole + ".5") : BigDecimal.valueOf(whole);
	}

	private Condition did() {
		OccurrenceCount.CountBound bound = pick(List.of(OccurrenceCount.CountBound.values()));
		OccurrenceCount times = this.random.nextBoolean() ? OccurrenceCount.ANY : new OccurrenceCount(bound,
				((bound == OccurrenceCount.CountBound.AT_LEAST) ? 1 : 0) + this.random.nextInt(3));
		boolean worth = times.bound() == OccurrenceCount.CountBound.AT_LEAST && this.random.nextInt(4) == 0;
		return new Condition.Performed(pick(EVENTS), this.random.nextInt(3) == 0 ? pick(CATEGORIES) : null, times,
				worth ? BigDecimal.valueOf(this.random.nextInt(80)) : null, window());
	}

	private @Nullable LookbackWindow window() {
		return switch (this.random.nextInt(4)) {
			case 0 -> null;
			case 1 -> new LookbackWindow(1 + this.random.nextInt(60), LookbackWindow.WindowUnit.DAYS);
			case 2 -> new LookbackWindow(1 + this.random.nextInt(8), LookbackWindow.WindowUnit.WEEKS);
			default -> new LookbackWindow(1 + this.random.nextInt(500), LookbackWindow.WindowUnit.HOURS);
		};
	}

	private <T> T pick(List<T> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

}
