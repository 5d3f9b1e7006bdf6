package io.waypost.content.brand;

/** Chooses a readable text colour for a background colour. */
public final class ColourContrast {

	/** Minimum contrast ratio of text and background (WCAG 2.2, level AA). */
	public static final double ENOUGH = 4.5;

	private static final String DARK = "#111827";

	private static final String LIGHT = "#ffffff";

	private ColourContrast() {
	}

	/**
	 * Returns the more readable of near-black and white by relative luminance (WCAG 2.2).
	 * @param background CSS hexadecimal colour with six digits
	 * @return a CSS colour
	 */
	public static String textOn(String background) {
		double againstWhite = againstWhite(background);
		return (againstWhite >= ENOUGH || againstWhite >= againstDark(background)) ? LIGHT : DARK;
	}

	/**
	 * Returns the contrast ratio of the chosen text colour.
	 * @param background CSS hexadecimal colour with six digits
	 * @return contrast ratio, 1 to 21
	 */
	public static double best(String background) {
		return Math.max(againstWhite(background), againstDark(background));
	}

	private static double againstWhite(String background) {
		return 1.05 / (luminance(background) + 0.05);
	}

	private static double againstDark(String background) {
		return (luminance(background) + 0.05) / 0.0585;
	}

	private static double luminance(String colour) {
		return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
	}

	private static double channel(String colour, int at) {
		double value = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
		return (value <= 0.04045) ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
	}

}
