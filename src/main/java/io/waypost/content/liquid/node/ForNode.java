package io.waypost.content.liquid.node;

import java.util.List;

import io.waypost.content.liquid.expression.Interruption;
import io.waypost.content.liquid.expression.LiquidExpression;
import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.value.BoundedText;
import io.waypost.content.liquid.value.LiquidNumbers;
import org.jspecify.annotations.Nullable;

/**
 * The tag {@code for}.
 *
 * @param header what it runs over
 * @param body rendered for each element
 * @param otherwise rendered when there is no element
 * @param offset offset in the source
 */
public record ForNode(LoopHeader header, BlockNode body, BlockNode otherwise, int offset) implements LiquidNode {

	/**
	 * Creates a node. Whitespace is dropped when neither block writes anything else.
	 * @param header what it runs over
	 * @param body rendered for each element
	 * @param otherwise rendered when there is no element
	 * @param offset offset in the source
	 * @return the node
	 */
	public static ForNode of(LoopHeader header, BlockNode body, BlockNode otherwise, int offset) {
		boolean blank = body.isBlank() && otherwise.isBlank();
		return new ForNode(header, blank ? body.withoutTexts() : body, blank ? otherwise.withoutTexts() : otherwise,
				offset);
	}

	@Override
	public void render(RenderContext context, BoundedText output) {
		List<@Nullable Object> elements = elements(context);
		if (elements.isEmpty()) {
			this.otherwise.render(context, output);
			return;
		}
		ForLoop loop = new ForLoop(this.header.name(), elements.size(), context.innermostLoop());
		context.startLoop(this.header.variable(), "forloop", loop);
		for (Object element : elements) {
			context.budget().iteration();
			context.element(element);
			this.body.render(context, output);
			loop.advance();
			if (context.resume() == Interruption.BREAK) {
				break;
			}
		}
		context.endLoop();
	}

	private List<@Nullable Object> elements(RenderContext context) {
		long from = this.header.continues() ? context.loopEnds().getOrDefault(this.header.name(), 0L)
				: integer(this.header.start(), 0, context);
		Object collection = this.header.collection().evaluate(context);
		long limit = integer(this.header.limit(), LoopElements.NO_LIMIT, context);
		List<@Nullable Object> elements = LoopElements.select(collection, from, limit, context.budget());
		if (this.header.reversed()) {
			LoopElements.reverse(elements);
		}
		context.loopEnds().put(this.header.name(), from + elements.size());
		return elements;
	}

	private static long integer(@Nullable LiquidExpression expression, long absent, RenderContext context) {
		Object value = (expression != null) ? expression.evaluate(context) : null;
		return (value != null) ? LiquidNumbers.toInteger(value, context.budget()) : absent;
	}

	@Override
	public void addTo(TemplateReferences references) {
		this.header.addTo(references);
		this.body.addTo(references);
		this.otherwise.addTo(references);
	}

	@Override
	public boolean isBlank() {
		return this.body.isBlank() && this.otherwise.isBlank();
	}

}
