package io.waypost.content;

/** Chooses letters that can be read on a colour. */
final class Contrast {

	private static final String DARK = "#111827";

	private static final String LIGHT = "#ffffff";

	private Contrast() {
	}

	/**
	 * The better of black and white by relative luminance (WCAG 2.2).
	 * @param background CSS hexadecimal colour with six digits
	 * @return a CSS colour
	 */
	static String textOn(String background) {
		double luminance = 0.2126 * channel(background, 1) + 0.7152 * channel(background, 3)
				+ 0.0722 * channel(background, 5);
		double againstWhite = 1.05 / (luminance + 0.05);
		double againstDark = (luminance + 0.05) / 0.0585;
		return (againstWhite >= 4.5 || againstWhite >= againstDark) ? LIGHT : DARK;
	}

	private static double channel(String colour, int at) {
		double value = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
		return (value <= 0.04045) ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
	}

}
