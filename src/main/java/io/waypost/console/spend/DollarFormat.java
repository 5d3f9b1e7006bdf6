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
		if (dollars.signum() == 0) {
			return "$0";
		}
		if (dollars.compareTo(SMALLEST) < 0) {
			return "< $0.0001";
		}
		String pattern = (dollars.compareTo(BigDecimal.ONE) < 0) ? "$0.0000" : "$#,##0.00";
		DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
		format.setRoundingMode(RoundingMode.HALF_UP);
		return format.format(dollars);
	}

}
