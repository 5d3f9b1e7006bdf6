package io.waypost.content.liquid.node;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.waypost.content.liquid.value.CollectionEnds;
import io.waypost.content.liquid.value.LiquidRange;
import io.waypost.content.liquid.value.RenderBudget;
import org.jspecify.annotations.Nullable;

/** Selects the elements of a loop. */
final class LoopElements {

	/** There is no limit. */
	static final long NO_LIMIT = Long.MIN_VALUE;

	private LoopElements() {
	}

	/**
	 * Returns the elements of a part of a collection.
	 * @param collection a list, range or object; a text that is not empty is one element
	 * @param from index of the first element
	 * @param limit maximum number of elements, or {@link #NO_LIMIT}
	 * @param budget charged for the elements
	 * @return a new list
	 */
	static List<@Nullable Object> select(@Nullable Object collection, long from, long limit, RenderBudget budget) {
		return switch (collection) {
			case String text -> text.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(text));
			case List<?> list -> list(list, from, limit, budget);
			case Map<?, ?> map -> list(map.entrySet().stream().map(CollectionEnds::pair).toList(), from, limit, budget);
			case LiquidRange range -> range(range, from, limit, budget);
			case null, default -> new ArrayList<>();
		};
	}

	static void reverse(List<@Nullable Object> elements) {
		Collections.reverse(elements);
	}

	private static List<@Nullable Object> list(List<?> list, long from, long limit, RenderBudget budget) {
		long start = Math.clamp(from, 0, list.size());
		long end = end(from, limit, list.size());
		budget.list(Math.max(0, end - start));
		return (end > start) ? new ArrayList<>(list.subList((int) start, (int) end)) : new ArrayList<>();
	}

	private static List<@Nullable Object> range(LiquidRange range, long from, long limit, RenderBudget budget) {
		long start = Math.max(0, from);
		long end = end(from, limit, range.size());
		budget.list(Math.max(0, end - start));
		List<@Nullable Object> elements = new ArrayList<>();
		for (long i = start; i < end; i++) {
			elements.add(range.first() + i);
		}
		return elements;
	}

	/** Returns the index behind the last element. */
	private static long end(long from, long limit, long size) {
		if (limit == NO_LIMIT) {
			return size;
		}
		long end = from + limit;
		boolean overflow = ((from ^ end) & (limit ^ end)) < 0;
		return overflow ? (limit > 0 ? size : 0) : Math.clamp(end, 0, size);
	}

}
