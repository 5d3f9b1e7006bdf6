package io.waypost.content.liquid.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The first and the last element of a collection. */
public final class CollectionEnds {

	private CollectionEnds() {
	}

	/**
	 * Returns the first element.
	 * @param value a list, range or object
	 * @return the element, of an object its first name and value; nil when there is none
	 */
	public static @Nullable Object first(@Nullable Object value) {
		return switch (value) {
			case List<?> list -> list.isEmpty() ? null : list.getFirst();
			case LiquidRange range -> range.first();
			case Map<?, ?> map -> map.isEmpty() ? null : pair(map.entrySet().iterator().next());
			case null, default -> null;
		};
	}

	/**
	 * Returns the last element.
	 * @param value a list or range
	 * @return the element, nil when there is none
	 */
	public static @Nullable Object last(@Nullable Object value) {
		return switch (value) {
			case List<?> list -> list.isEmpty() ? null : list.getLast();
			case LiquidRange range -> range.last();
			case null, default -> null;
		};
	}

	/**
	 * Returns a property of an object as a list, as loops see it.
	 * @param entry the property
	 * @return its name and its value
	 */
	public static List<@Nullable Object> pair(Map.Entry<?, ?> entry) {
		List<@Nullable Object> pair = new ArrayList<>(2);
		pair.add(entry.getKey());
		pair.add(entry.getValue());
		return pair;
	}

}
