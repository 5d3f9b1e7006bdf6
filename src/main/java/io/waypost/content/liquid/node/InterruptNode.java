package io.waypost.content.liquid.node;

import io.waypost.content.liquid.expression.Interruption;
import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.value.BoundedText;

/**
 * The tags {@code break} and {@code continue}.
 *
 * @param reason which of them
 */
public record InterruptNode(Interruption reason) implements LiquidNode {

	@Override
	public void render(RenderContext context, BoundedText output) {
		context.interrupt(this.reason);
	}

	@Override
	public void addTo(TemplateReferences references) {
		// It reads nothing.
	}

}
