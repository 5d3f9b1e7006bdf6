package io.waypost.content;

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
record SlottedText(List<String> fixed, List<Integer> slots) {

	private static final char BEGIN = '\uE002';

	private static final Pattern SLOT = Pattern.compile(BEGIN + "(\\d+)\uE003");

	/** What stands for a value until there is one. */
	static String slot(int number) {
		return BEGIN + String.valueOf(number) + '\uE003';
	}

	/** Whether a text would be taken to have slots that nobody made. */
	static boolean isSlotted(String text) {
		return text.indexOf(BEGIN) >= 0;
	}

	static SlottedText of(String text) {
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
		return new SlottedText(List.copyOf(fixed), List.copyOf(slots));
	}

	/** Hashes what is the same for everybody, and which value goes where. */
	void digest(ContentDigest digest) {
		for (int i = 0; i < this.slots.size(); i++) {
			digest.part(this.fixed.get(i));
			digest.part(String.valueOf(this.slots.get(i)));
		}
		digest.part(this.fixed.getLast());
	}

	String fill(String[] values) {
		if (this.slots.isEmpty()) {
			return this.fixed.getFirst();
		}
		int length = 0;
		for (String piece : this.fixed) {
			length += piece.length();
		}
		for (int slot : this.slots) {
			length += values[slot].length();
		}
		StringBuilder text = new StringBuilder(length);
		for (int i = 0; i < this.slots.size(); i++) {
			text.append(this.fixed.get(i)).append(values[this.slots.get(i)]);
		}
		return text.append(this.fixed.getLast()).toString();
	}

}
