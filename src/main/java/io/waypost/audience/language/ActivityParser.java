package io.waypost.audience.language;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Parses activities: <pre>
 * activity = "did" event [where] [times] ["worth at least" number] [window]
 *          | "never did" event [where] [window]
 * where    = "where category is" text
 * times    = ("at least" | "at most" | "exactly") (number ("time" | "times") | "once" | "twice")
 * window   = "in" ["the last"] number ("hours" | "days" | "weeks")
 * </pre>
 */
final class ActivityParser {

	private static final int MAX_EVENT_LENGTH = 512;

	private static final int MAX_CATEGORY_LENGTH = 100;

	private static final int MAX_TIMES = 1_000_000;

	private final TokenStream tokens;

	private ActivityParser(TokenStream tokens) {
		this.tokens = tokens;
	}

	static @Nullable Condition parse(TokenStream tokens) throws SegmentSyntaxException {
		ActivityParser parser = new ActivityParser(tokens);
		if (tokens.accept("never did")) {
			return new Condition.Not(parser.never());
		}
		return tokens.accept("did") ? parser.did() : null;
	}

	private Condition never() throws SegmentSyntaxException {
		String event = event();
		String category = category();
		if (this.tokens.peek().is("at") || this.tokens.peek().is("exactly") || this.tokens.peek().is("worth")) {
			throw this.tokens.unexpected(
					"'in' and a number of days, or nothing; use 'not did' to negate a number of times", List.of());
		}
		return new Condition.Performed(event, category, OccurrenceCount.ANY, null, window());
	}

	private Condition did() throws SegmentSyntaxException {
		String event = event();
		String category = category();
		OccurrenceCount times = times();
		SegmentToken token = this.tokens.peek();
		BigDecimal minAmount = minAmount();
		if (minAmount != null && times.bound() != OccurrenceCount.CountBound.AT_LEAST) {
			throw new SegmentSyntaxException(token, "is allowed only with 'at least' a number of times", List.of());
		}
		return new Condition.Performed(event, category, times, minAmount, window());
	}

	private String event() throws SegmentSyntaxException {
		SegmentToken token = this.tokens.peek();
		String event = this.tokens.quoted("the name of an event in quotation marks, such as 'Order Completed'");
		if (event.length() > MAX_EVENT_LENGTH) {
			throw new SegmentSyntaxException(token, "is longer than %d characters".formatted(MAX_EVENT_LENGTH),
					List.of());
		}
		return event;
	}

	private @Nullable String category() throws SegmentSyntaxException {
		if (!this.tokens.accept("where")) {
			return null;
		}
		this.tokens.require("category");
		if (!this.tokens.acceptSymbol("=")) {
			this.tokens.require("is");
		}
		SegmentToken token = this.tokens.peek();
		String category = this.tokens.text("a category such as 'Garden'");
		if (category.length() > MAX_CATEGORY_LENGTH) {
			throw new SegmentSyntaxException(token, "is longer than %d characters".formatted(MAX_CATEGORY_LENGTH),
					List.of());
		}
		return category;
	}

	private OccurrenceCount times() throws SegmentSyntaxException {
		for (OccurrenceCount.CountBound bound : OccurrenceCount.CountBound.values()) {
			if (this.tokens.accept(bound.phrase())) {
				return new OccurrenceCount(bound, count((bound == OccurrenceCount.CountBound.AT_LEAST) ? 1 : 0));
			}
		}
		return OccurrenceCount.ANY;
	}

	private int count(int min) throws SegmentSyntaxException {
		if (this.tokens.accept("once")) {
			return 1;
		}
		if (this.tokens.accept("twice")) {
			return 2;
		}
		int number = this.tokens.integer("of times", min, MAX_TIMES);
		if (!this.tokens.accept("times") && !this.tokens.accept("time")) {
			throw this.tokens.unexpected("'times'", List.of("times"));
		}
		return number;
	}

	private @Nullable BigDecimal minAmount() throws SegmentSyntaxException {
		if (!this.tokens.accept("worth")) {
			return null;
		}
		this.tokens.require("at least");
		return DecimalParser.parse(this.tokens, "the amount");
	}

	private @Nullable LookbackWindow window() throws SegmentSyntaxException {
		if (!this.tokens.accept("in")) {
			return null;
		}
		this.tokens.accept("the last");
		SegmentToken token = this.tokens.peek();
		int amount = this.tokens.integer("of hours, days or weeks", 1, SegmentLanguage.MAX_DAYS);
		LookbackWindow window = new LookbackWindow(amount, unit());
		if (window.length().toDays() > SegmentLanguage.MAX_DAYS) {
			throw new SegmentSyntaxException(token,
					"is longer than %d days; remove the window to include all time".formatted(SegmentLanguage.MAX_DAYS),
					List.of());
		}
		return window;
	}

	private LookbackWindow.WindowUnit unit() throws SegmentSyntaxException {
		for (LookbackWindow.WindowUnit unit : LookbackWindow.WindowUnit.values()) {
			String plural = unit.name().toLowerCase(Locale.ROOT);
			if (this.tokens.accept(plural) || this.tokens.accept(plural.substring(0, plural.length() - 1))) {
				return unit;
			}
		}
		throw this.tokens.unexpected("hours, days or weeks (months and years have no fixed length)",
				List.of("hours", "days", "weeks"));
	}

}
