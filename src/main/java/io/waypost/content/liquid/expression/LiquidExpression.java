package io.waypost.content.liquid.expression;

import org.jspecify.annotations.Nullable;

/** An immutable expression. */
public sealed interface LiquidExpression
		permits LiteralExpression, VariableLookup, RangeExpression, FilteredExpression, ConditionExpression {

	/**
	 * Evaluates the expression.
	 * @param context state of the render
	 * @return the value, nil when it is undefined
	 */
	@Nullable Object evaluate(RenderContext context);

	/**
	 * Adds the names that the expression reads.
	 * @param references collects them
	 */
	void addTo(TemplateReferences references);

}
