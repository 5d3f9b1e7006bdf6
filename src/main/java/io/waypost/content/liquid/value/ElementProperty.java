package io.waypost.content.liquid.value;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The property of a list element that filters such as {@code where} and {@code map}
 * select, with the semantics of {@code element[property]} in Ruby.
 */
public final class ElementProperty {

	/** Returned for an element that has no properties, such as nil or true. */
	public static final Object NONE = new Object();

	private ElementProperty() {
	}

	/**
	 * Selects a property.
	 * @param element an object; of a text the substring, of an integer the bit
	 * @param property name of the property
	 * @param budget charged for what is read
	 * @return the value, nil when it is missing, or {@link #NONE}
	 * @throws LiquidException when the element has properties, but not of this type
	 */
	public static @Nullable Object of(@Nullable Object element, @Nullable Object property, RenderBudget budget) {
		budget.step();
		return switch (element) {
			case Map<?, ?> map -> (property instanceof String) ? map.get(property) : null;
			case LiquidDrop drop -> (property instanceof String name) ? drop.property(name) : null;
			case String text -> ofText(text, property, budget);
			case Long number -> ofInteger(number, property);
			case null, default -> NONE;
		};
	}

	private static @Nullable Object ofText(String text, @Nullable Object property, RenderBudget budget) {
		return switch (property) {
			case null -> NONE;
			case String part -> (Substrings.indexOf(text, part, 0, budget) >= 0) ? part : null;
			case Long index -> character(text, index);
			default -> throw notSelectable(property, budget);
		};
	}

	private static @Nullable String character(String text, long index) {
		int length = text.codePointCount(0, text.length());
		long position = (index < 0) ? index + length : index;
		if (position < 0 || position >= length) {
			return null;
		}
		int start = text.offsetByCodePoints(0, (int) position);
		return Character.toString(text.codePointAt(start));
	}

	private static Object ofInteger(long number, @Nullable Object property) {
		return switch (property) {
			case null -> NONE;
			case Long bit -> (bit < 0) ? 0L : (number >> Math.min(bit, Long.SIZE - 1)) & 1;
			default -> throw LiquidException
				.of("the list has numbers, which have no property '%s'; use a list of objects".formatted(property));
		};
	}

	private static LiquidException notSelectable(Object property, RenderBudget budget) {
		return LiquidException.of("'%s' is no property name; quote it".formatted(LiquidText.of(property, budget)));
	}

}
