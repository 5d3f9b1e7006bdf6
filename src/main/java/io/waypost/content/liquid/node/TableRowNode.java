package io.waypost.content.liquid.node;

import java.util.List;
import java.util.Map;

import io.waypost.content.liquid.expression.Interruption;
import io.waypost.content.liquid.expression.LiquidExpression;
import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.value.BoundedText;
import io.waypost.content.liquid.value.Comparison;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.content.liquid.value.LiquidNumbers;
import org.jspecify.annotations.Nullable;

/**
 * The tag {@code tablerow}, which writes rows and cells of an HTML table.
 *
 * @param header what it runs over
 * @param body content of a cell
 * @param offset offset in the source
 */
public record TableRowNode(LoopHeader header, BlockNode body, int offset) implements LiquidNode {

	@Override
	public void render(RenderContext context, BoundedText output) {
		Object collection = this.header.collection().evaluate(context);
		if (!Comparison.isTruthy(collection)) {
			return;
		}
		long from = integer(this.header.start(), 0, context);
		long limit = integer(this.header.limit(), LoopElements.NO_LIMIT, context);
		List<@Nullable Object> elements = LoopElements.select(collection, from, limit, context.budget());
		TableRowLoop loop = new TableRowLoop(elements.size(), integer(this.header.columns(), elements.size(), context));
		output.append("<tr class=\"row1\">\n");
		context.startLoop(this.header.variable(), "tablerowloop", loop);
		for (Object element : elements) {
			context.budget().iteration();
			context.element(element);
			if (!cell(loop, context, output)) {
				break;
			}
		}
		context.endLoop();
		output.append("</tr>\n");
	}

	/** Returns whether the loop goes on. */
	private boolean cell(TableRowLoop loop, RenderContext context, BoundedText output) {
		output.append("<td class=\"col").append(Long.toString(loop.column())).append("\">");
		this.body.render(context, output);
		output.append("</td>");
		if (context.resume() == Interruption.BREAK) {
			return false;
		}
		if (loop.endsRow()) {
			output.append("</tr>\n<tr class=\"row").append(Long.toString(loop.row() + 1)).append("\">");
		}
		loop.advance();
		return true;
	}

	private static long integer(@Nullable LiquidExpression expression, long absent, RenderContext context) {
		if (expression == null) {
			return absent;
		}
		Object value = expression.evaluate(context);
		if (value instanceof List<?> || value instanceof Map<?, ?> || value instanceof Boolean) {
			throw LiquidException.of("cols, limit and offset must be integers; write for example cols: 2");
		}
		return LiquidNumbers.leadingInteger(value);
	}

	@Override
	public void addTo(TemplateReferences references) {
		this.header.addTo(references);
		this.body.addTo(references);
	}

}
