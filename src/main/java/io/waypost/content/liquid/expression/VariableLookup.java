package io.waypost.content.liquid.expression;

import java.util.List;
import java.util.Map;

import io.waypost.content.liquid.value.CollectionEnds;
import io.waypost.content.liquid.value.LiquidDrop;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.content.liquid.value.LiquidRange;
import org.jspecify.annotations.Nullable;

/**
 * A variable with properties and indexes, such as {@code items[0].name}.
 *
 * @param root name of the variable; not a literal in {@code [name]}
 * @param steps properties and indexes
 * @param offset offset in the source
 */
record VariableLookup(LiquidExpression root, List<LookupStep> steps, int offset) implements LiquidExpression {

	/**
	 * A property or an index.
	 *
	 * @param key the name or index
	 * @param dotted whether it follows a dot, so that it may be size, first or last
	 */
	record LookupStep(LiquidExpression key, boolean dotted) {

	}

	@Override
	public @Nullable Object evaluate(RenderContext context) {
		Object name = this.root.evaluate(context);
		Object value = (name instanceof String text) ? context.find(text, this.offset) : null;
		for (LookupStep step : this.steps) {
			Object key = step.key().evaluate(context);
			Object next = property(value, key, step.dotted());
			if (next == null && context.isStrict() && !isNilProperty(value, key)) {
				throw LiquidException.at(this.offset,
						"'%s' has no value '%s'; test it with if or use default".formatted(name, key));
			}
			value = next;
		}
		return value;
	}

	@Override
	public void addTo(TemplateReferences references) {
		if (this.root instanceof LiteralExpression literal && literal.value() instanceof String name) {
			references.read(name, this.offset);
		}
		this.root.addTo(references);
		this.steps.forEach((step) -> step.key().addTo(references));
	}

	private static boolean isNilProperty(@Nullable Object value, @Nullable Object key) {
		return value instanceof Map<?, ?> map && key != null && map.containsKey(key);
	}

	private static @Nullable Object property(@Nullable Object value, @Nullable Object key, boolean dotted) {
		Object found = switch (value) {
			case Map<?, ?> map when key instanceof String && map.containsKey(key) -> map.get(key);
			case List<?> list when key instanceof Long index -> element(list, index);
			case LiquidDrop drop when key instanceof String name -> drop.property(name);
			case null, default -> null;
		};
		boolean present = found != null || (value instanceof Map<?, ?> map && key != null && map.containsKey(key));
		return (present || !dotted || !(key instanceof String name)) ? found : command(value, name);
	}

	private static @Nullable Object element(List<?> list, long index) {
		long position = (index < 0) ? index + list.size() : index;
		return (position >= 0 && position < list.size()) ? list.get((int) position) : null;
	}

	private static @Nullable Object command(@Nullable Object value, String name) {
		return switch (name) {
			case "size" -> size(value);
			case "first" -> CollectionEnds.first(value);
			case "last" -> CollectionEnds.last(value);
			default -> null;
		};
	}

	private static @Nullable Long size(@Nullable Object value) {
		return switch (value) {
			case String text -> (long) text.codePointCount(0, text.length());
			case List<?> list -> (long) list.size();
			case Map<?, ?> map -> (long) map.size();
			case LiquidRange range -> range.size();
			case Long number -> (long) Long.BYTES;
			case null, default -> null;
		};
	}

}
