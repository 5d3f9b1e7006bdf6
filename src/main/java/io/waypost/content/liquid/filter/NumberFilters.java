package io.waypost.content.liquid.filter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

import io.waypost.content.liquid.value.Arithmetic;
import io.waypost.content.liquid.value.LiquidNumbers;
import org.jspecify.annotations.Nullable;

/** Filters for numbers. */
final class NumberFilters {

	/** More decimals than a floating point number has. */
	private static final int MAX_DECIMALS = 400;

	private NumberFilters() {
	}

	static void addTo(FilterRegistry registry) {
		for (Arithmetic operation : Arithmetic.values()) {
			registry.add(operation.name().toLowerCase(Locale.ROOT), 1, 1,
					(input, arguments, context) -> operation.apply(input, arguments.get(0)));
		}
		registry.add("abs", (input, arguments, context) -> abs(input))
			.add("ceil", (input, arguments, context) -> toInteger(input, RoundingMode.CEILING))
			.add("floor", (input, arguments, context) -> toInteger(input, RoundingMode.FLOOR))
			.add("round", 0, 1, NumberFilters::round)
			.add("at_least", 1, 1, (input, arguments, context) -> limited(input, arguments.get(0), 1))
			.add("at_most", 1, 1, (input, arguments, context) -> limited(input, arguments.get(0), -1));
	}

	private static Number abs(@Nullable Object input) {
		Number number = LiquidNumbers.toNumber(input);
		return switch (number) {
			case BigDecimal decimal -> decimal.abs().doubleValue();
			case Long integer when integer != Long.MIN_VALUE -> Math.abs(integer);
			default -> Arithmetic.result(Arithmetic.decimal(number).abs().toBigInteger());
		};
	}

	private static Number toInteger(@Nullable Object input, RoundingMode mode) {
		Number number = LiquidNumbers.toNumber(input);
		return (number instanceof BigDecimal decimal) ? Arithmetic.result(decimal.setScale(0, mode).toBigInteger())
				: number;
	}

	private static Number round(@Nullable Object input, FilterArguments arguments, FilterContext context) {
		Number number = LiquidNumbers.toNumber(input);
		int decimals = decimals(arguments.get(0));
		if (number instanceof BigDecimal decimal) {
			BigDecimal rounded = decimal.setScale(decimals, RoundingMode.HALF_UP);
			return (decimals < 1) ? Arithmetic.result(rounded.toBigInteger()) : Arithmetic.result(rounded);
		}
		if (decimals >= 0) {
			return number;
		}
		BigInteger rounded = Arithmetic.decimal(number).setScale(decimals, RoundingMode.HALF_UP).toBigInteger();
		return Arithmetic.result(rounded);
	}

	private static int decimals(@Nullable Object argument) {
		long decimals = LiquidNumbers.toNumber(argument).longValue();
		return (int) Math.max(-MAX_DECIMALS, Math.min(decimals, MAX_DECIMALS));
	}

	private static Number limited(@Nullable Object input, @Nullable Object limit, int sign) {
		Number number = LiquidNumbers.toNumber(input);
		Number bound = LiquidNumbers.toNumber(limit);
		boolean exceeded = Arithmetic.decimal(bound).compareTo(Arithmetic.decimal(number)) * sign > 0;
		return Arithmetic.result(exceeded ? bound : number);
	}

}
