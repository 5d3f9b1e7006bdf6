package io.waypost.content.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with numbered slots.
 *
 * @param fixed pieces, one more than there are slots
 * @param slots which value follows each piece
 */
public record PlaceholderText(List<String> fixed, List<Integer> placeholders) {

	private static final char BEGIN = '\uE002';

	private static final Pattern SLOT = Pattern.compile(BEGIN + "(\\d+)\uE003");

	/** What stands for a value until there is one. */
	static String placeholder(int number) {
		return BEGIN + String.valueOf(number) + '\uE003';
	}

	/** Whether a text would be taken to have slots that nobody made. */
	public static boolean hasPlaceholders(String text) {
		return text.indexOf(BEGIN) >= 0;
	}

	static PlaceholderText of(String text) {
		List<String> fixed = new ArrayList<>();
		List<Integer> slots = new ArrayList<>();
		Matcher matcher = SLOT.matcher(text);
		int end = 0;
		while (matcher.find()) {
			fixed.add(text.substring(end, matcher.start()));
			slots.add(Integer.valueOf(matcher.group(1)));
			end = matcher.end();
		}
		fixed.add(text.substring(end));
		return new PlaceholderText(List.copyOf(fixed), List.copyOf(slots));
	}

	/** Hashes what is the same for everybody, and which value goes where. */
	void digest(ContentDigest digest) {
		for (int i = 0; i < this.placeholders.size(); i++) {
			digest.part(this.fixed.get(i));
			digest.part(String.valueOf(this.placeholders.get(i)));
		}
		digest.part(this.fixed.getLast());
	}

	String fill(String[] values) {
		if (this.placeholders.isEmpty()) {
			return this.fixed.getFirst();
		}
		int length = 0;
		for (String piece : this.fixed) {
			length += piece.length();
		}
		for (int slot : this.placeholders) {
			length += values[slot].length();
		}
		StringBuilder text = new StringBuilder(length);
		for (int i = 0; i < this.placeholders.size(); i++) {
			text.append(this.fixed.get(i)).append(values[this.placeholders.get(i)]);
		}
		return text.append(this.fixed.getLast()).toString();
	}

}
