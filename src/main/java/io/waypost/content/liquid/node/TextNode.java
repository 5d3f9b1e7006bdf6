package io.waypost.content.liquid.node;

import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.value.BoundedText;

/**
 * Text outside of tags and outputs.
 *
 * @param text the text
 * @param isBlank whether it is whitespace only
 */
public record TextNode(String text, boolean isBlank) implements LiquidNode {

	@Override
	public void render(RenderContext context, BoundedText output) {
		output.append(this.text);
	}

	@Override
	public void addTo(TemplateReferences references) {
		// A text reads nothing.
	}

}
