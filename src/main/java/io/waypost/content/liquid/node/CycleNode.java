package io.waypost.content.liquid.node;

import java.util.ArrayList;
import java.util.List;

import io.waypost.content.liquid.expression.LiquidExpression;
import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.expression.TemplateReferences;
import io.waypost.content.liquid.value.BoundedText;
import io.waypost.content.liquid.value.LiquidText;
import org.jspecify.annotations.Nullable;

/**
 * The tag {@code cycle}.
 *
 * @param group name of the group; without one, tags with the same values are a group
 * @param values values in their order
 * @param source the values as text
 * @param offset offset in the source
 */
public record CycleNode(@Nullable LiquidExpression group, List<LiquidExpression> values, String source,
		int offset) implements LiquidNode {

	/**
	 * Identifies a group.
	 *
	 * @param named whether it has a name
	 * @param key value of its name, or the values as text
	 */
	private record Group(boolean named, @Nullable Object key) {

	}

	@Override
	public void render(RenderContext context, BoundedText output) {
		Object key = (this.group != null) ? key(this.group, context) : this.source;
		Group identity = new Group(this.group != null, key);
		int position = context.cycles().getOrDefault(identity, 0);
		if (position < this.values.size()) {
			LiquidText.write(this.values.get(position).evaluate(context), output, context.budget());
		}
		context.cycles().put(identity, (position + 1 < this.values.size()) ? position + 1 : 0);
	}

	/** Lists and objects are identified by their text. */
	private static @Nullable Object key(LiquidExpression group, RenderContext context) {
		Object value = group.evaluate(context);
		return (value == null || value instanceof String || value instanceof Number) ? value
				: LiquidText.of(value, context.budget());
	}

	@Override
	public void addTo(TemplateReferences references) {
		List<LiquidExpression> expressions = new ArrayList<>(this.values);
		if (this.group != null) {
			expressions.add(this.group);
		}
		expressions.forEach((expression) -> expression.addTo(references));
	}

}
