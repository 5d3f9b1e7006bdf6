package io.waypost.content.liquid.node;

import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.value.BoundedText;

/**
 * The tag {@code ifchanged}, which writes its body when it differs from the last one.
 *
 * @param body its content
 * @param offset offset in the source
 */
public record IfChangedNode(BlockNode body, int offset) implements LiquidNode {

	@Override
	public void render(RenderContext context, BoundedText output) {
		BoundedText rendered = BoundedText.intermediate(context.budget());
		this.body.render(context, rendered);
		String text = rendered.toString();
		if (context.changes(text)) {
			output.append(text);
		}
	}

	@Override
	public void addTo(TemplateReferences references) {
		this.body.addTo(references);
	}

	@Override
	public boolean isBlank() {
		return this.body.isBlank();
	}

}
