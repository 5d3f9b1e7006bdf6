package io.waypost.content.liquid.value;

import org.jspecify.annotations.Nullable;

/** An object of the engine with named properties, such as {@code forloop}. */
public interface LiquidDrop {

	/**
	 * Returns a property.
	 * @param name its name
	 * @return the value, null when there is no such property
	 */
	@Nullable Object property(String name);

}
