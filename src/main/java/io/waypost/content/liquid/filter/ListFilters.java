package io.waypost.content.liquid.filter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.waypost.content.liquid.value.Arithmetic;
import io.waypost.content.liquid.value.BoundedText;
import io.waypost.content.liquid.value.CollectionEnds;
import io.waypost.content.liquid.value.ElementProperty;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.content.liquid.value.LiquidNumbers;
import io.waypost.content.liquid.value.ListInput;
import org.jspecify.annotations.Nullable;

/** Filters for lists. */
final class ListFilters {

	private ListFilters() {
	}

	static void addTo(FilterRegistry registry) {
		registry.add("first", (input, arguments, context) -> CollectionEnds.first(input))
			.add("last", (input, arguments, context) -> CollectionEnds.last(input))
			.add("join", 0, 1, ListFilters::join)
			.add("concat", 1, 1, ListFilters::concat)
			.add("reverse", (input, arguments, context) -> reverse(input, context))
			.add("map", 1, 1, ListFilters::map)
			.add("sum", 0, 1, ListFilters::sum);
	}

	private static String join(@Nullable Object input, FilterArguments arguments, FilterContext context) {
		String separator = arguments.has(0) ? context.text(arguments.get(0)) : " ";
		BoundedText result = context.builder();
		boolean first = true;
		for (Object element : ListInput.of(input, context.budget())) {
			result.append(first ? "" : separator).append(context.text(element));
			first = false;
		}
		return result.toString();
	}

	private static List<@Nullable Object> concat(@Nullable Object input, FilterArguments arguments,
			FilterContext context) {
		if (!(arguments.get(0) instanceof List<?> added)) {
			throw LiquidException.of("concat: the argument is no list; pass a list");
		}
		List<@Nullable Object> result = ListInput.of(input, context.budget());
		context.budget().list((long) result.size() + added.size());
		result.addAll(added);
		return result;
	}

	private static List<@Nullable Object> reverse(@Nullable Object input, FilterContext context) {
		List<@Nullable Object> elements = ListInput.of(input, context.budget());
		Collections.reverse(elements);
		return elements;
	}

	private static List<@Nullable Object> map(@Nullable Object input, FilterArguments arguments,
			FilterContext context) {
		List<@Nullable Object> elements = ListInput.of(input, context.budget());
		elements.replaceAll((element) -> selected(element, arguments.get(0), null, context));
		return elements;
	}

	private static Number sum(@Nullable Object input, FilterArguments arguments, FilterContext context) {
		List<@Nullable Object> elements = ListInput.of(input, context.budget());
		if (arguments.get(0) != null) {
			elements.replaceAll((element) -> selected(element, arguments.get(0), 0L, context));
		}
		BigDecimal sum = BigDecimal.ZERO;
		boolean integer = true;
		for (Object element : ListInput.of(elements, context.budget())) {
			Number number = LiquidNumbers.toNumber(element);
			integer &= !(number instanceof BigDecimal);
			sum = sum.add(Arithmetic.decimal(number));
		}
		BigInteger whole = sum.toBigInteger();
		return integer ? Arithmetic.result(whole) : Arithmetic.result(sum);
	}

	private static @Nullable Object selected(@Nullable Object element, @Nullable Object property,
			@Nullable Object other, FilterContext context) {
		Object value = ElementProperty.of(element, property, context.budget());
		return (value != ElementProperty.NONE) ? value : other;
	}

}
