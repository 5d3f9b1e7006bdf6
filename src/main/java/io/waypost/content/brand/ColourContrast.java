package io.waypost.content.brand;

/** Chooses a readable text colour for a background colour. */
public final class ColourContrast {

	/** Minimum contrast ratio of text and background (WCAG 2.2, level AA). */
	public static final double ENOUGH = 4.5;

	private static final String DARK = "#111827";

	private static final String BLACK = "#000000";

	private static final String LIGHT = "#ffffff";

	private ColourContrast() {
	}

	/**
	 * Returns white, near-black or black: the first with enough contrast by relative
	 * luminance (WCAG 2.2). One of white and black has enough on every background.
	 * @param background CSS hexadecimal colour with six digits
	 * @return a CSS colour
	 */
	public static String textOn(String background) {
		if (ratio(LIGHT, background) >= ENOUGH) {
			return LIGHT;
		}
		return (ratio(DARK, background) >= ENOUGH) ? DARK : BLACK;
	}

	/**
	 * Returns the contrast ratio of two colours.
	 * @param one CSS hexadecimal colour with six digits
	 * @param other CSS hexadecimal colour with six digits
	 * @return contrast ratio, 1 to 21
	 */
	public static double ratio(String one, String other) {
		double first = luminance(one);
		double second = luminance(other);
		return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
	}

	private static double luminance(String colour) {
		return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
	}

	private static double channel(String colour, int at) {
		double value = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
		return (value <= 0.04045) ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
	}

}
