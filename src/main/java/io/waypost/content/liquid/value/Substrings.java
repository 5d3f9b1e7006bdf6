package io.waypost.content.liquid.value;

/**
 * Search for substrings in linear time. {@link String#indexOf(String)} needs quadratic
 * time for texts such as "aaaa…" and "aaaa…b".
 */
public final class Substrings {

	private static final int SHORT = 16;

	private Substrings() {
	}

	/**
	 * Finds a substring.
	 * @param text the text
	 * @param part what to find
	 * @param from where to begin
	 * @param budget charged for what is read
	 * @return index of the first occurrence, -1 when there is none
	 */
	public static int indexOf(String text, String part, int from, RenderBudget budget) {
		budget.step();
		int found = (part.length() <= SHORT) ? text.indexOf(part, from) : search(text, part, from, budget);
		budget.read(((found < 0) ? text.length() : found) - from);
		return found;
	}

	/**
	 * Finds the last occurrence of a substring.
	 * @param text the text
	 * @param part what to find
	 * @param budget charged for what is read
	 * @return index of the last occurrence, -1 when there is none
	 */
	public static int lastIndexOf(String text, String part, RenderBudget budget) {
		if (part.length() <= SHORT) {
			budget.read(text.length());
			return text.lastIndexOf(part);
		}
		budget.text(2L * (text.length() + part.length()));
		int found = search(new StringBuilder(text).reverse().toString(), new StringBuilder(part).reverse().toString(),
				0, budget);
		return (found < 0) ? -1 : text.length() - found - part.length();
	}

	/** The algorithm of Knuth, Morris and Pratt. */
	private static int search(String text, String part, int from, RenderBudget budget) {
		int[] borders = borders(part, budget);
		int matched = 0;
		for (int i = from; i < text.length(); i++) {
			while (matched > 0 && text.charAt(i) != part.charAt(matched)) {
				matched = borders[matched - 1];
			}
			if (text.charAt(i) == part.charAt(matched)) {
				matched++;
			}
			if (matched == part.length()) {
				return i - matched + 1;
			}
		}
		return -1;
	}

	private static int[] borders(String part, RenderBudget budget) {
		budget.text(2L * part.length());
		int[] borders = new int[part.length()];
		int length = 0;
		for (int i = 1; i < part.length(); i++) {
			while (length > 0 && part.charAt(i) != part.charAt(length)) {
				length = borders[length - 1];
			}
			if (part.charAt(i) == part.charAt(length)) {
				length++;
			}
			borders[i] = length;
		}
		return borders;
	}

}
