package io.waypost.content.liquid.node;

import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.value.BoundedText;

/**
 * The tag {@code capture}.
 *
 * @param name name of the variable
 * @param body what is captured
 * @param offset offset in the source
 */
public record CaptureNode(String name, BlockNode body, int offset) implements LiquidNode {

	@Override
	public void render(RenderContext context, BoundedText output) {
		BoundedText captured = BoundedText.intermediate(context.budget());
		this.body.render(context, captured);
		context.assign(this.name, captured.toString());
	}

	@Override
	public void addTo(TemplateReferences references) {
		this.body.addTo(references);
		references.assigned(this.name);
	}

	@Override
	public boolean isBlank() {
		return true;
	}

}
