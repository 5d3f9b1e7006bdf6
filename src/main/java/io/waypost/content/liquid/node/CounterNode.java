package io.waypost.content.liquid.node;

import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.value.BoundedText;

/**
 * The tags {@code increment}, which writes the number before it counts, and
 * {@code decrement}, which counts first.
 *
 * @param name name of the counter
 * @param increments whether it counts up
 * @param offset offset in the source
 */
public record CounterNode(String name, boolean increments, int offset) implements LiquidNode {

	@Override
	public void render(RenderContext context, BoundedText output) {
		long number = this.increments ? context.count(this.name, 1) - 1 : context.count(this.name, -1);
		output.append(Long.toString(number));
	}

	@Override
	public void addTo(TemplateReferences references) {
		references.assigned(this.name);
	}

}
