package io.waypost.content.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with numbered placeholders.
 *
 * @param fixed pieces, one more than there are placeholders
 * @param placeholders index of the value that follows each piece
 */
public record PlaceholderText(List<String> fixed, List<Integer> placeholders) {

	private static final char BEGIN = '\uE002';

	private static final Pattern PLACEHOLDER = Pattern.compile(BEGIN + "(\\d+)\uE003");

	/** Returns the placeholder of a value. */
	static String placeholder(int number) {
		return BEGIN + String.valueOf(number) + '\uE003';
	}

	/** Whether a text contains the character that begins a placeholder. */
	public static boolean hasPlaceholders(String text) {
		return text.indexOf(BEGIN) >= 0;
	}

	static PlaceholderText of(String text) {
		List<String> fixed = new ArrayList<>();
		List<Integer> placeholders = new ArrayList<>();
		Matcher matcher = PLACEHOLDER.matcher(text);
		int end = 0;
		while (matcher.find()) {
			fixed.add(text.substring(end, matcher.start()));
			placeholders.add(Integer.valueOf(matcher.group(1)));
			end = matcher.end();
		}
		fixed.add(text.substring(end));
		return new PlaceholderText(List.copyOf(fixed), List.copyOf(placeholders));
	}

	String fill(String[] values) {
		if (this.placeholders.isEmpty()) {
			return this.fixed.getFirst();
		}
		int length = 0;
		for (String piece : this.fixed) {
			length += piece.length();
		}
		for (int placeholder : this.placeholders) {
			length += values[placeholder].length();
		}
		StringBuilder text = new StringBuilder(length);
		for (int i = 0; i < this.placeholders.size(); i++) {
			text.append(this.fixed.get(i)).append(values[this.placeholders.get(i)]);
		}
		return text.append(this.fixed.getLast()).toString();
	}

}
