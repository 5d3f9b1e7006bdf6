package io.waypost.content.liquid.node;

import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.value.BoundedText;

/** An immutable node of the syntax tree. */
public interface LiquidNode {

	/**
	 * Renders the node.
	 * @param context state of the render
	 * @param output where to append
	 */
	void render(RenderContext context, BoundedText output);

	/**
	 * Adds the names that the node reads and assigns.
	 * @param references collects them
	 */
	void addTo(TemplateReferences references);

	/**
	 * Whether the node never writes anything but whitespace. A block of such nodes writes
	 * nothing at all.
	 */
	default boolean isBlank() {
		return false;
	}

	/** Returns the offset in the source, negative for texts. */
	default int offset() {
		return -1;
	}

}
