package io.waypost.audience.language;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Parses conditions on attributes: <pre>
 * attribute = phrase ("is known" | "is unknown" | "is" ["not"] value | "is one of" value { "," value }
 *           | "is" ["at least" | "more than" | "at most" | "less than" | "not"] number | "is between" number "and" number)
 * </pre> Symbols such as {@code >=} are allowed instead of the phrases.
 */
final class AttributeParser {

	private static final int MAX_VALUES = 100;

	private static final int MAX_VALUE_LENGTH = 100;

	private final TokenStream tokens;

	private final SegmentAttribute attribute;

	AttributeParser(TokenStream tokens, @Nullable SegmentAttribute attribute) {
		this.tokens = tokens;
		this.attribute = (attribute != null) ? attribute : SegmentAttribute.EMAIL;
	}

	Condition parse() throws SegmentSyntaxException {
		Condition condition = symbolic();
		if (condition != null) {
			return condition;
		}
		this.tokens.require("is");
		if (this.tokens.accept("known")) {
			return new Condition.HasValue(this.attribute);
		}
		if (this.tokens.accept("unknown") || this.tokens.accept("not known")) {
			return new Condition.Not(new Condition.HasValue(this.attribute));
		}
		return switch (this.attribute.type()) {
			case TEXT -> text();
			case NUMBER, DAYS -> number();
			case PRESENCE -> throw this.tokens.unexpected("'known' or 'unknown'", List.of("known", "unknown"));
		};
	}

	private @Nullable Condition symbolic() throws SegmentSyntaxException {
		if (this.attribute.type() == SegmentAttribute.AttributeType.PRESENCE) {
			return null;
		}
		if (this.tokens.acceptSymbol("!=")) {
			return new Condition.Not(equal());
		}
		if (this.tokens.acceptSymbol("=")) {
			return equal();
		}
		if (this.attribute.type() != SegmentAttribute.AttributeType.TEXT) {
			for (ComparisonOperator comparison : ComparisonOperator.values()) {
				if (this.tokens.acceptSymbol(comparison.symbol())) {
					return new Condition.Compared(this.attribute, comparison, amount());
				}
			}
		}
		return null;
	}

	private Condition equal() throws SegmentSyntaxException {
		return (this.attribute.type() == SegmentAttribute.AttributeType.TEXT)
				? new Condition.OneOf(this.attribute, List.of(value()))
				: new Condition.Compared(this.attribute, ComparisonOperator.EQUAL, amount());
	}

	private Condition text() throws SegmentSyntaxException {
		if (this.tokens.accept("not one of")) {
			return new Condition.Not(oneOf());
		}
		if (this.tokens.accept("one of")) {
			return oneOf();
		}
		return this.tokens.accept("not") ? new Condition.Not(equal()) : equal();
	}

	private Condition oneOf() throws SegmentSyntaxException {
		List<String> values = new ArrayList<>();
		do {
			SegmentToken token = this.tokens.peek();
			String value = value();
			if (!values.contains(value)) {
				values.add(value);
			}
			if (values.size() > MAX_VALUES) {
				throw new SegmentSyntaxException(token,
						"is value %d; a list has at most %d".formatted(values.size(), MAX_VALUES), List.of());
			}
		}
		while (this.tokens.acceptSymbol(","));
		return new Condition.OneOf(this.attribute, values);
	}

	private String value() throws SegmentSyntaxException {
		SegmentToken token = this.tokens.peek();
		String value = this.tokens.text(this.attribute.example());
		if (value.length() > MAX_VALUE_LENGTH) {
			throw new SegmentSyntaxException(token, "is longer than %d characters".formatted(MAX_VALUE_LENGTH),
					List.of());
		}
		return this.attribute.canonicalValue(value)
			.orElseThrow(() -> new SegmentSyntaxException(token,
					"is not a valid %s; expected %s".formatted(this.attribute.phrase(), this.attribute.example()),
					this.attribute.suggestedValues()));
	}

	private Condition number() throws SegmentSyntaxException {
		if (this.tokens.accept("between")) {
			return between();
		}
		if (this.tokens.accept("not")) {
			return new Condition.Not(equal());
		}
		for (ComparisonOperator comparison : ComparisonOperator.values()) {
			if (comparison != ComparisonOperator.EQUAL && this.tokens.accept(comparison.phrase())) {
				return new Condition.Compared(this.attribute, comparison, amount());
			}
		}
		if (this.tokens.peek().type() != SegmentToken.TokenType.NUMBER) {
			List<String> phrases = Arrays.stream(ComparisonOperator.values()).map(ComparisonOperator::phrase).toList();
			throw this.tokens
				.unexpected("a number, or at least, more than, at most, less than, between, known, unknown", phrases);
		}
		return equal();
	}

	private Condition between() throws SegmentSyntaxException {
		BigDecimal low = amount();
		this.tokens.require("and");
		SegmentToken token = this.tokens.peek();
		BigDecimal high = amount();
		if (high.compareTo(low) < 0) {
			throw new SegmentSyntaxException(token,
					"is less than %s; put the smaller number first".formatted(low.toPlainString()), List.of());
		}
		return new Condition.Between(this.attribute, low, high);
	}

	private BigDecimal amount() throws SegmentSyntaxException {
		return (this.attribute.type() == SegmentAttribute.AttributeType.DAYS)
				? BigDecimal.valueOf(this.tokens.integer("of days", 0, SegmentLanguage.MAX_DAYS))
				: DecimalParser.parse(this.tokens, this.attribute.phrase());
	}

}
