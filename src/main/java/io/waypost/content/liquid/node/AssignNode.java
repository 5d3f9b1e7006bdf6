package io.waypost.content.liquid.node;

import io.waypost.content.liquid.expression.LiquidExpression;
import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.value.BoundedText;

/**
 * The tag {@code assign}.
 *
 * @param name name of the variable
 * @param value its value
 * @param offset offset in the source
 */
public record AssignNode(String name, LiquidExpression value, int offset) implements LiquidNode {

	@Override
	public void render(RenderContext context, BoundedText output) {
		context.assign(this.name, this.value.evaluate(context));
	}

	@Override
	public void addTo(TemplateReferences references) {
		this.value.addTo(references);
		references.assigned(this.name);
	}

	@Override
	public boolean isBlank() {
		return true;
	}

}
