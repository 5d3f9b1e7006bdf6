package io.waypost.console;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A value with its label, as a page shows it.
 *
 * @param name label
 * @param kind {@code text}, {@code time}, {@code id}, {@code list} or {@code group}
 * @param text value as text
 * @param at value of a time
 * @param items elements of a list or group
 */
public record LabelledValue(String name, String kind, String text, @Nullable Instant at, List<LabelledValue> items) {

	public static LabelledValue text(String name, String text) {
		return new LabelledValue(name, "text", text, null, List.of());
	}

	public static LabelledValue id(String name, String text) {
		return new LabelledValue(name, "id", text, null, List.of());
	}

	public static LabelledValue time(String name, Instant at) {
		return new LabelledValue(name, "time", at.toString(), at, List.of());
	}

	static LabelledValue list(String name, List<LabelledValue> items) {
		return new LabelledValue(name, "list", "", null, items);
	}

	static LabelledValue group(String name, List<LabelledValue> items) {
		return new LabelledValue(name, "group", "", null, items);
	}

}
