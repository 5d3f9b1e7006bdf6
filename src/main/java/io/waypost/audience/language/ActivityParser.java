package io.waypost.audience.language;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Reads what people did: <pre>
 * deed   = "did" event [where] [times] ["worth at least" number] [window]
 *        | "never did" event [where] [window]
 * where  = "where category is" text
 * times  = ("at least" | "at most" | "exactly") (number ("time" | "times") | "once" | "twice")
 * window = "in" ["the last"] number ("hours" | "days" | "weeks")
 * </pre>
 */
final class ActivityParser {

	private static final int LONGEST_EVENT = 512;

	private static final int LONGEST_CATEGORY = 100;

	private static final int MOST_TIMES = 1_000_000;

	private final TokenStream tokens;

	private ActivityParser(TokenStream tokens) {
		this.tokens = tokens;
	}

	static @Nullable Condition parse(TokenStream tokens) throws SyntaxError {
		ActivityParser parser = new ActivityParser(tokens);
		if (tokens.accept("never did")) {
			return new Condition.Not(parser.never());
		}
		return tokens.accept("did") ? parser.did() : null;
	}

	private Condition never() throws SyntaxError {
		String event = event();
		String category = category();
		if (this.tokens.peek().is("at") || this.tokens.peek().is("exactly") || this.tokens.peek().is("worth")) {
			throw this.tokens.unexpected(
					"'in' and a number of days, or nothing; say 'not did' to deny a number of times", List.of());
		}
		return new Condition.Performed(event, category, OccurrenceCount.ANY, null, window());
	}

	private Condition did() throws SyntaxError {
		String event = event();
		String category = category();
		OccurrenceCount times = times();
		SegmentToken token = this.tokens.peek();
		BigDecimal worth = worth();
		if (worth != null && times.bound() != OccurrenceCount.CountBound.AT_LEAST) {
			throw new SyntaxError(token, "goes only with 'at least' so many times", List.of());
		}
		return new Condition.Performed(event, category, times, worth, window());
	}

	private String event() throws SyntaxError {
		SegmentToken token = this.tokens.peek();
		String event = this.tokens.quoted("the name of an event in quotation marks, such as 'Order Completed'");
		if (event.length() > LONGEST_EVENT) {
			throw new SyntaxError(token, "is longer than %d characters".formatted(LONGEST_EVENT), List.of());
		}
		return event;
	}

	private @Nullable String category() throws SyntaxError {
		if (!this.tokens.accept("where")) {
			return null;
		}
		this.tokens.require("category");
		if (!this.tokens.acceptSymbol("=")) {
			this.tokens.require("is");
		}
		SegmentToken token = this.tokens.peek();
		String category = this.tokens.text("a category such as 'Garden'");
		if (category.length() > LONGEST_CATEGORY) {
			throw new SyntaxError(token, "is longer than %d characters".formatted(LONGEST_CATEGORY), List.of());
		}
		return category;
	}

	private OccurrenceCount times() throws SyntaxError {
		for (OccurrenceCount.CountBound bound : OccurrenceCount.CountBound.values()) {
			if (this.tokens.accept(bound.phrase())) {
				return new OccurrenceCount(bound, count((bound == OccurrenceCount.CountBound.AT_LEAST) ? 1 : 0));
			}
		}
		return OccurrenceCount.ANY;
	}

	private int count(int least) throws SyntaxError {
		if (this.tokens.accept("once")) {
			return 1;
		}
		if (this.tokens.accept("twice")) {
			return 2;
		}
		int number = this.tokens.integer("of times", least, MOST_TIMES);
		if (!this.tokens.accept("times") && !this.tokens.accept("time")) {
			throw this.tokens.unexpected("'times'", List.of("times"));
		}
		return number;
	}

	private @Nullable BigDecimal worth() throws SyntaxError {
		if (!this.tokens.accept("worth")) {
			return null;
		}
		this.tokens.require("at least");
		return DecimalParser.parse(this.tokens, "what it is worth");
	}

	private @Nullable LookbackWindow window() throws SyntaxError {
		if (!this.tokens.accept("in")) {
			return null;
		}
		this.tokens.accept("the last");
		SegmentToken token = this.tokens.peek();
		int amount = this.tokens.integer("of hours, days or weeks", 1, SegmentLanguage.MAX_DAYS);
		LookbackWindow window = new LookbackWindow(amount, unit());
		if (window.length().toDays() > SegmentLanguage.MAX_DAYS) {
			throw new SyntaxError(token,
					"reaches back further than %d days; leave the window away to look at everything"
						.formatted(SegmentLanguage.MAX_DAYS),
					List.of());
		}
		return window;
	}

	private LookbackWindow.WindowUnit unit() throws SyntaxError {
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
