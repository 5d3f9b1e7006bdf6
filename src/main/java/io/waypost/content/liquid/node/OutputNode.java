package io.waypost.content.liquid.node;

import io.waypost.content.liquid.expression.LiquidExpression;
import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.value.BoundedText;
import io.waypost.content.liquid.value.LiquidText;

/**
 * An output or the tag {@code echo}.
 *
 * @param expression what is written
 * @param offset offset in the source
 */
public record OutputNode(LiquidExpression expression, int offset) implements LiquidNode {

	@Override
	public void render(RenderContext context, BoundedText output) {
		Object value = this.expression.evaluate(context);
		context.at(this.offset);
		LiquidText.write(value, output, context.budget());
	}

	@Override
	public void addTo(TemplateReferences references) {
		this.expression.addTo(references);
	}

}
