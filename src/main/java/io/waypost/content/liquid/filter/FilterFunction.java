package io.waypost.content.liquid.filter;

import org.jspecify.annotations.Nullable;

/** What a filter does. */
@FunctionalInterface
interface FilterFunction {

	@Nullable Object apply(@Nullable Object input, FilterArguments arguments, FilterContext context);

}
