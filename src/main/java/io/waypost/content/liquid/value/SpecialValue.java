package io.waypost.content.liquid.value;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The literals {@code blank} and {@code empty}. As text they are empty. */
public enum SpecialValue {

	/** Equal to nil, false, and to empty or whitespace-only values. */
	BLANK,
	/** Equal to empty texts, lists and objects. */
	EMPTY;

	boolean matches(@Nullable Object value) {
		return switch (value) {
			case null -> this == BLANK;
			case Boolean bool -> this == BLANK && !bool;
			case String text -> (this == BLANK) ? RubyWhitespace.isBlank(text) : text.isEmpty();
			case List<?> list -> list.isEmpty();
			case Map<?, ?> map -> map.isEmpty();
			default -> false;
		};
	}

	@Override
	public String toString() {
		return "";
	}

}
