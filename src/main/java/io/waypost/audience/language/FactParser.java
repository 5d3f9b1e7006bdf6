package io.waypost.audience.language;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads what is asked of a fact: <pre>
 * fact = words ("is known" | "is unknown" | "is" ["not"] value | "is one of" value { "," value }
 *      | "is" ["at least" | "more than" | "at most" | "less than" | "not"] number | "is between" number "and" number)
 * </pre> Symbols such as {@code >=} may stand for the words.
 */
final class FactParser {

	private static final int MOST_VALUES = 100;

	private static final int LONGEST_VALUE = 100;

	private final Tokens tokens;

	private final Fact fact;

	FactParser(Tokens tokens, @Nullable Fact fact) {
		this.tokens = tokens;
		this.fact = (fact != null) ? fact : Fact.EMAIL;
	}

	Condition parse() throws Unclear {
		Condition condition = symbolic();
		if (condition != null) {
			return condition;
		}
		this.tokens.require("is");
		if (this.tokens.accept("known")) {
			return new Condition.Known(this.fact);
		}
		if (this.tokens.accept("unknown") || this.tokens.accept("not known")) {
			return new Condition.Not(new Condition.Known(this.fact));
		}
		return switch (this.fact.kind()) {
			case TEXT -> text();
			case NUMBER, DAYS -> number();
			case PRESENCE -> throw this.tokens.unexpected("'known' or 'unknown'", List.of("known", "unknown"));
		};
	}

	private @Nullable Condition symbolic() throws Unclear {
		if (this.fact.kind() == Fact.Kind.PRESENCE) {
			return null;
		}
		if (this.tokens.acceptSymbol("!=")) {
			return new Condition.Not(equal());
		}
		if (this.tokens.acceptSymbol("=")) {
			return equal();
		}
		if (this.fact.kind() != Fact.Kind.TEXT) {
			for (Comparison comparison : Comparison.values()) {
				if (this.tokens.acceptSymbol(comparison.symbol())) {
					return new Condition.Compared(this.fact, comparison, amount());
				}
			}
		}
		return null;
	}

	private Condition equal() throws Unclear {
		return (this.fact.kind() == Fact.Kind.TEXT) ? new Condition.OneOf(this.fact, List.of(value()))
				: new Condition.Compared(this.fact, Comparison.EQUAL, amount());
	}

	private Condition text() throws Unclear {
		if (this.tokens.accept("not one of")) {
			return new Condition.Not(oneOf());
		}
		if (this.tokens.accept("one of")) {
			return oneOf();
		}
		return this.tokens.accept("not") ? new Condition.Not(equal()) : equal();
	}

	private Condition oneOf() throws Unclear {
		List<String> values = new ArrayList<>();
		do {
			Token token = this.tokens.peek();
			String value = value();
			if (!values.contains(value)) {
				values.add(value);
			}
			if (values.size() > MOST_VALUES) {
				throw new Unclear(token, "is value %d; a list has at most %d".formatted(values.size(), MOST_VALUES),
						List.of());
			}
		}
		while (this.tokens.acceptSymbol(","));
		return new Condition.OneOf(this.fact, values);
	}

	private String value() throws Unclear {
		Token token = this.tokens.peek();
		String value = this.tokens.text(this.fact.example());
		if (value.length() > LONGEST_VALUE) {
			throw new Unclear(token, "is longer than %d characters".formatted(LONGEST_VALUE), List.of());
		}
		return this.fact.spelling(value)
			.orElseThrow(() -> new Unclear(token,
					"is no %s; expected %s".formatted(this.fact.words(), this.fact.example()), this.fact.possible()));
	}

	private Condition number() throws Unclear {
		if (this.tokens.accept("between")) {
			return between();
		}
		if (this.tokens.accept("not")) {
			return new Condition.Not(equal());
		}
		for (Comparison comparison : Comparison.values()) {
			if (comparison != Comparison.EQUAL && this.tokens.accept(comparison.words())) {
				return new Condition.Compared(this.fact, comparison, amount());
			}
		}
		if (this.tokens.peek().kind() != Token.Kind.NUMBER) {
			List<String> words = Arrays.stream(Comparison.values()).map(Comparison::words).toList();
			throw this.tokens
				.unexpected("a number, or at least, more than, at most, less than, between, known, unknown", words);
		}
		return equal();
	}

	private Condition between() throws Unclear {
		BigDecimal low = amount();
		this.tokens.require("and");
		Token token = this.tokens.peek();
		BigDecimal high = amount();
		if (high.compareTo(low) < 0) {
			throw new Unclear(token, "is less than %s; the smaller number comes first".formatted(low.toPlainString()),
					List.of());
		}
		return new Condition.Between(this.fact, low, high);
	}

	private BigDecimal amount() throws Unclear {
		return (this.fact.kind() == Fact.Kind.DAYS)
				? BigDecimal.valueOf(this.tokens.whole("of days", 0, SegmentLanguage.MOST_DAYS))
				: Amounts.read(this.tokens, this.fact.words());
	}

}
