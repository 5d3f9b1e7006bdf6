package io.waypost.content.liquid.expression;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An expression with filters.
 *
 * @param base the expression
 * @param filters filters in the order of their application
 */
record FilteredExpression(LiquidExpression base, List<FilterCall> filters) implements LiquidExpression {

	@Override
	public @Nullable Object evaluate(RenderContext context) {
		Object value = this.base.evaluate(context);
		for (FilterCall filter : this.filters) {
			value = filter.apply(value, context);
		}
		return value;
	}

	@Override
	public void addTo(TemplateReferences references) {
		this.base.addTo(references);
		this.filters.forEach((filter) -> filter.addTo(references));
	}

}
