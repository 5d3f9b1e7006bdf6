package io.waypost.audience.language;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Random conditions over few values, so that some profiles match. */
public final class RandomConditions {

	/** Events of test profiles. */
	public static final List<String> EVENTS = List.of("Order Completed", "Product Viewed", "Sid's \"Event\"");

	/** Categories of their events. */
	public static final List<String> CATEGORIES = List.of("Garden", "Kitchen & 'Bath'", "known");

	/** Topics of their consents. */
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
	 * Starts a sequence.
	 * @param random seeded, so that failures are reproducible
	 * @param segments names of segments to refer to
	 */
	public RandomConditions(Random random, List<String> segments) {
		this.random = random;
		this.segments = segments;
	}

	/**
	 * Returns values of a text attribute.
	 * @param attribute a text attribute
	 * @return values in canonical form
	 */
	public static List<String> values(SegmentAttribute attribute) {
		return switch (attribute) {
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
	 * Creates a condition.
	 * @param depth maximum depth
	 * @return the condition, in the form that the parser returns
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
		List<Supplier<Condition>> kinds = List.of(Condition.Everyone::new, this::consent, this::hasValue, this::oneOf,
				this::oneOf, this::compared, this::compared, this::between, this::performed, this::performed,
				this::performed, this::performed, this::segment);
		return pick(kinds).get();
	}

	private Condition consent() {
		return new Condition.ConsentAnswer(pick(TOPICS), this.random.nextBoolean());
	}

	private Condition segment() {
		return this.segments.isEmpty() ? consent() : new Condition.InSegment(pick(this.segments));
	}

	private Condition hasValue() {
		return new Condition.HasValue(pick(List.of(SegmentAttribute.values())));
	}

	private Condition oneOf() {
		SegmentAttribute attribute = pick(TEXTS);
		List<String> values = new ArrayList<>(values(attribute));
		Collections.shuffle(values, this.random);
		return new Condition.OneOf(attribute, values.subList(0, 1 + this.random.nextInt(2)));
	}

	private Condition compared() {
		SegmentAttribute attribute = pick(NUMBERS);
		return new Condition.Compared(attribute, pick(List.of(ComparisonOperator.values())), number(attribute));
	}

	private Condition between() {
		SegmentAttribute attribute = pick(NUMBERS);
		BigDecimal one = number(attribute);
		BigDecimal other = number(attribute);
		return new Condition.Between(attribute, one.min(other), one.max(other));
	}

	private BigDecimal number(SegmentAttribute attribute) {
		int whole = switch (attribute) {
			case ORDERS -> this.random.nextInt(4);
			case SCORE, SPENT, AVERAGE_ORDER -> this.random.nextInt(100);
			default -> this.random.nextInt(60);
		};
		boolean money = attribute == SegmentAttribute.SPENT || attribute == SegmentAttribute.AVERAGE_ORDER;
		return (money && this.random.nextBoolean()) ? new BigDecimal(whole + ".5") : BigDecimal.valueOf(whole);
	}

	private Condition performed() {
		OccurrenceCount.CountBound bound = pick(List.of(OccurrenceCount.CountBound.values()));
		OccurrenceCount count = this.random.nextBoolean() ? OccurrenceCount.ANY : new OccurrenceCount(bound,
				((bound == OccurrenceCount.CountBound.AT_LEAST) ? 1 : 0) + this.random.nextInt(3));
		boolean withAmount = count.bound() == OccurrenceCount.CountBound.AT_LEAST && this.random.nextInt(4) == 0;
		return new Condition.Performed(pick(EVENTS), this.random.nextInt(3) == 0 ? pick(CATEGORIES) : null, count,
				withAmount ? BigDecimal.valueOf(this.random.nextInt(80)) : null, window());
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
