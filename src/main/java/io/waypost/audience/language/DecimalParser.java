package io.waypost.audience.language;

import java.math.BigDecimal;
import java.util.List;

/** Reads decimal numbers of ordinary size. */
final class DecimalParser {

	private static final String SHAPE = "[0-9]{1,12}(\\.[0-9]{1,4})?";

	private DecimalParser() {
	}

	static BigDecimal parse(TokenStream tokens, String what) throws SyntaxError {
		SegmentToken token = tokens.peek();
		if (token.type() != SegmentToken.TokenType.NUMBER) {
			throw tokens.unexpected("a number for " + what, List.of());
		}
		if (!token.text().matches(SHAPE)) {
			throw new SyntaxError(token, "has too many digits; 12 before and 4 behind the point are enough", List.of());
		}
		return plain(new BigDecimal(tokens.take().text()));
	}

	/** One form for equal numbers. */
	static BigDecimal plain(BigDecimal number) {
		BigDecimal stripped = number.stripTrailingZeros();
		return (stripped.scale() < 0) ? stripped.setScale(0) : stripped;
	}

}
