package io.waypost.content.liquid.filter;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/** A filter and the arguments that it takes. */
public final class LiquidFilter {

	private final int minimum;

	private final int maximum;

	private final Set<String> named;

	private final FilterFunction function;

	LiquidFilter(int minimum, int maximum, Set<String> named, FilterFunction function) {
		this.minimum = minimum;
		this.maximum = maximum;
		this.named = named;
		this.function = function;
	}

	/**
	 * Applies the filter.
	 * @param input value on its left
	 * @param arguments the arguments, already validated
	 * @param context the budget and the clock
	 * @return the result
	 */
	public @Nullable Object apply(@Nullable Object input, FilterArguments arguments, FilterContext context) {
		context.budget().step();
		return this.function.apply(input, arguments, context);
	}

	/**
	 * Checks the arguments of a call.
	 * @param positional number of arguments without a name
	 * @param names names of the others
	 * @return what is wrong, null when the call is valid
	 */
	public @Nullable String problem(int positional, Set<String> names) {
		if (positional < this.minimum || positional > this.maximum) {
			return "takes %s, not %d".formatted(accepted(), positional);
		}
		return names.stream()
			.filter((name) -> !this.named.contains(name))
			.findFirst()
			.map((name) -> "has no argument '%s:'%s".formatted(name,
					this.named.isEmpty() ? "" : "; it has " + String.join(", ", this.named)))
			.orElse(null);
	}

	private String accepted() {
		if (this.minimum == this.maximum) {
			return (this.maximum == 0) ? "no arguments"
					: "%d argument%s".formatted(this.maximum, (this.maximum == 1) ? "" : "s");
		}
		return "%d to %d arguments".formatted(this.minimum, this.maximum);
	}

}
