package io.waypost.console;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A named piece of evidence, ready for a page.
 *
 * @param name what it is
 * @param kind {@code text}, {@code time}, {@code id}, {@code list} or {@code group}
 * @param text its value when it is one
 * @param at its value when it is a time
 * @param items its parts when it has some
 */
record Fact(String name, String kind, String text, @Nullable Instant at, List<Fact> items) {

	static Fact text(String name, String text) {
		return new Fact(name, "text", text, null, List.of());
	}

	static Fact id(String name, String text) {
		return new Fact(name, "id", text, null, List.of());
	}

	static Fact time(String name, Instant at) {
		return new Fact(name, "time", at.toString(), at, List.of());
	}

	static Fact list(String name, List<Fact> items) {
		return new Fact(name, "list", "", null, items);
	}

	static Fact group(String name, List<Fact> items) {
		return new Fact(name, "group", "", null, items);
	}

}
