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
final class DeedParser {

	private static final int LONGEST_EVENT = 512;

	private static final int LONGEST_CATEGORY = 100;

	private static final int MOST_TIMES = 1_000_000;

	private final Tokens tokens;

	private DeedParser(Tokens tokens) {
		this.tokens = tokens;
	}

	static @Nullable Condition parse(Tokens tokens) throws Unclear {
		DeedParser parser = new DeedParser(tokens);
		if (tokens.accept("never did")) {
			return new Condition.Not(parser.never());
		}
		return tokens.accept("did") ? parser.did() : null;
	}

	private Condition never() throws Unclear {
		String event = event();
		String category = category();
		if (this.tokens.peek().is("at") || this.tokens.peek().is("exactly") || this.tokens.peek().is("worth")) {
			throw this.tokens.unexpected(
					"'in' and a number of days, or nothing; say 'not did' to deny a number of times", List.of());
		}
		return new Condition.Did(event, category, Times.ANY, null, window());
	}

	private Condition did() throws Unclear {
		String event = event();
		String category = category();
		Times times = times();
		Token token = this.tokens.peek();
		BigDecimal worth = worth();
		if (worth != null && times.bound() != Times.Bound.AT_LEAST) {
			throw new Unclear(token, "goes only with 'at least' so many times", List.of());
		}
		return new Condition.Did(event, category, times, worth, window());
	}

	private String event() throws Unclear {
		Token token = this.tokens.peek();
		String event = this.tokens.quoted("the name of an event in quotation marks, such as 'Order Completed'");
		if (event.length() > LONGEST_EVENT) {
			throw new Unclear(token, "is longer than %d characters".formatted(LONGEST_EVENT), List.of());
		}
		return event;
	}

	private @Nullable String category() throws Unclear {
		if (!this.tokens.accept("where")) {
			return null;
		}
		this.tokens.require("category");
		if (!this.tokens.acceptSymbol("=")) {
			this.tokens.require("is");
		}
		Token token = this.tokens.peek();
		String category = this.tokens.text("a category such as 'Garden'");
		if (category.length() > LONGEST_CATEGORY) {
			throw new Unclear(token, "is longer than %d characters".formatted(LONGEST_CATEGORY), List.of());
		}
		return category;
	}

	private Times times() throws Unclear {
		for (Times.Bound bound : Times.Bound.values()) {
			if (this.tokens.accept(bound.words())) {
				return new Times(bound, count((bound == Times.Bound.AT_LEAST) ? 1 : 0));
			}
		}
		return Times.ANY;
	}

	private int count(int least) throws Unclear {
		if (this.tokens.accept("once")) {
			return 1;
		}
		if (this.tokens.accept("twice")) {
			return 2;
		}
		int number = this.tokens.whole("of times", least, MOST_TIMES);
		if (!this.tokens.accept("times") && !this.tokens.accept("time")) {
			throw this.tokens.unexpected("'times'", List.of("times"));
		}
		return number;
	}

	private @Nullable BigDecimal worth() throws Unclear {
		if (!this.tokens.accept("worth")) {
			return null;
		}
		this.tokens.require("at least");
		return Amounts.read(this.tokens, "what it is worth");
	}

	private @Nullable Window window() throws Unclear {
		if (!this.tokens.accept("in")) {
			return null;
		}
		this.tokens.accept("the last");
		Token token = this.tokens.peek();
		int amount = this.tokens.whole("of hours, days or weeks", 1, SegmentLanguage.MOST_DAYS);
		Window window = new Window(amount, unit());
		if (window.length().toDays() > SegmentLanguage.MOST_DAYS) {
			throw new Unclear(token, "reaches back further than %d days; leave the window away to look at everything"
				.formatted(SegmentLanguage.MOST_DAYS), List.of());
		}
		return window;
	}

	private Window.Unit unit() throws Unclear {
		for (Window.Unit unit : Window.Unit.values()) {
			String plural = unit.name().toLowerCase(Locale.ROOT);
			if (this.tokens.accept(plural) || this.tokens.accept(plural.substring(0, plural.length() - 1))) {
				return unit;
			}
		}
		throw this.tokens.unexpected("hours, days or weeks (months and years have no fixed length)",
				List.of("hours", "days", "weeks"));
	}

}
