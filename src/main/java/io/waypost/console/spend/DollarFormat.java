package io.waypost.console.spend;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Formats US dollars: cents from one dollar on, and more digits below. */
final class DollarFormat {

	private static final BigDecimal SMALLEST = new BigDecimal("0.0001");

	private DollarFormat() {
	}

	static String format(BigDecimal dollars) {
		return format(dollars, RoundingMode.HALF_UP);
	}

	/** Formats what is left of a budget, which is never more than it is. */
	static String formatLeft(BigDecimal dollars) {
		return format(dollars, RoundingMode.DOWN);
	}

	private static String format(BigDecimal dollars, RoundingMode rounding) {
		if (dollars.signum() == 0) {
			return "$0";
		}
		if (dollars.compareTo(SMALLEST) < 0) {
			return "< $0.0001";
		}
		boolean cents = dollars.compareTo(BigDecimal.ONE) >= 0 || dollars.stripTrailingZeros().scale() <= 2;
		DecimalFormat format = new DecimalFormat(cents ? "$#,##0.00" : "$0.0000",
				DecimalFormatSymbols.getInstance(Locale.ROOT));
		format.setRoundingMode(rounding);
		return format.format(dollars);
	}

}
