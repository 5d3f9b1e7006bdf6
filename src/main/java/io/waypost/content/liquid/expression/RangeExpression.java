package io.waypost.content.liquid.expression;

import io.waypost.content.liquid.value.LiquidNumbers;
import io.waypost.content.liquid.value.LiquidRange;
import org.jspecify.annotations.Nullable;

/**
 * A range of integers.
 *
 * @param first its first number
 * @param last its last number
 */
record RangeExpression(LiquidExpression first, LiquidExpression last) implements LiquidExpression {

	@Override
	public Object evaluate(RenderContext context) {
		return new LiquidRange(bound(this.first, context), bound(this.last, context));
	}

	@Override
	public void addTo(TemplateReferences references) {
		this.first.addTo(references);
		this.last.addTo(references);
	}

	private static long bound(LiquidExpression expression, RenderContext context) {
		@Nullable Object value = expression.evaluate(context);
		boolean lenient = value == null || value instanceof String || expression instanceof LiteralExpression;
		return lenient ? LiquidNumbers.leadingInteger(value) : LiquidNumbers.toInteger(value, context.budget());
	}

}
