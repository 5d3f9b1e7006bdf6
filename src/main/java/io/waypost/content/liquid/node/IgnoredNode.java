package io.waypost.content.liquid.node;

import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.value.BoundedText;

/** A comment. */
public record IgnoredNode() implements LiquidNode {

	@Override
	public void render(RenderContext context, BoundedText output) {
		// A comment writes nothing.
	}

	@Override
	public void addTo(TemplateReferences references) {
		// A comment reads nothing.
	}

	@Override
	public boolean isBlank() {
		return true;
	}

}
