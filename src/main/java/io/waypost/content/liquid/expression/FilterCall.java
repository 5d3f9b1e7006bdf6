package io.waypost.content.liquid.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.waypost.content.liquid.filter.FilterArguments;
import io.waypost.content.liquid.filter.LiquidFilter;
import org.jspecify.annotations.Nullable;

/**
 * A filter with its arguments.
 *
 * @param filter the filter
 * @param positional arguments without a name
 * @param named arguments by name
 * @param offset offset in the source
 */
record FilterCall(LiquidFilter filter, List<LiquidExpression> positional, Map<String, LiquidExpression> named,
		int offset) {

	@Nullable Object apply(@Nullable Object input, RenderContext context) {
		FilterArguments arguments = arguments(context);
		context.at(this.offset);
		return this.filter.apply(input, arguments, context.filterContext());
	}

	void addTo(TemplateReferences references) {
		this.positional.forEach((argument) -> argument.addTo(references));
		this.named.values().forEach((argument) -> argument.addTo(references));
	}

	private FilterArguments arguments(RenderContext context) {
		if (this.positional.isEmpty() && this.named.isEmpty()) {
			return FilterArguments.NONE;
		}
		List<@Nullable Object> values = new ArrayList<>(this.positional.size());
		for (LiquidExpression argument : this.positional) {
			values.add(argument.evaluate(context));
		}
		if (this.named.isEmpty()) {
			return new FilterArguments(values, Map.of());
		}
		Map<String, @Nullable Object> byName = new HashMap<>();
		this.named.forEach((name, argument) -> byName.put(name, argument.evaluate(context)));
		return new FilterArguments(values, byName);
	}

}
