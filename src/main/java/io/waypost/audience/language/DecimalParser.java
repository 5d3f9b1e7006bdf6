package io.waypost.audience.language;

import java.math.BigDecimal;
import java.util.List;

/** Parses decimal numbers with up to 12 integer and 4 fraction digits. */
final class DecimalParser {

	private static final String FORMAT = "[0-9]{1,12}(\\.[0-9]{1,4})?";

	private DecimalParser() {
	}

	static BigDecimal parse(TokenStream tokens, String what) throws SegmentSyntaxException {
		SegmentToken token = tokens.peek();
		if (token.type() != SegmentToken.TokenType.NUMBER) {
			throw tokens.unexpected("a number for " + what, List.of());
		}
		if (!token.text().matches(FORMAT)) {
			throw new SegmentSyntaxException(token,
					"has too many digits; use at most 12 before and 4 after the decimal point", List.of());
		}
		return canonical(new BigDecimal(tokens.take().text()));
	}

	/** Removes trailing zeros, so that equal numbers have the same form. */
	static BigDecimal canonical(BigDecimal number) {
		BigDecimal stripped = number.stripTrailingZeros();
		return (stripped.scale() < 0) ? stripped.setScale(0) : stripped;
	}

}
