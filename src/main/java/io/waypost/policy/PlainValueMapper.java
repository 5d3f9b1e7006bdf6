package io.waypost.policy;

import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Objects;

import camundajar.impl.scala.Function1;
import camundajar.impl.scala.Option;
import org.camunda.feel.impl.JavaValueMapper;
import org.camunda.feel.syntaxtree.Val;
import org.jspecify.annotations.Nullable;

/**
 * Lets FEEL see plain values only: texts, numbers, truth values, dates, lists and maps.
 * The library wraps every other Java object and finds its methods by reflection, so that
 * an expression could call them (Camunda security notice 64).
 */
final class PlainValueMapper extends JavaValueMapper {

	@Override
	public Option<Val> toVal(@Nullable Object value, Function1<Object, Val> inner) {
		if (!isPlain(value)) {
			throw new IllegalArgumentException("FEEL cannot use a value of %s; pass a text, number, truth value, "
				.formatted(Objects.requireNonNull(value).getClass().getName()) + "date, list or map");
		}
		return super.toVal(value, inner);
	}

	/** The entries of lists and maps are mapped one by one, so they are checked too. */
	private static boolean isPlain(@Nullable Object value) {
		return value == null || value instanceof String || value instanceof Number || value instanceof Boolean
				|| value instanceof Temporal || value instanceof TemporalAmount || value instanceof Date
				|| value instanceof Val || isFromLibrary(value)
				|| ((value instanceof Collection<?> || value instanceof Map<?, ?>)
						&& value.getClass().getName().startsWith("java.util."));
	}

	/** The library's own lists, maps and options. */
	private static boolean isFromLibrary(Object value) {
		String type = value.getClass().getName();
		return type.startsWith("camundajar.impl.scala.") || type.startsWith("org.camunda.feel.context.");
	}

}
