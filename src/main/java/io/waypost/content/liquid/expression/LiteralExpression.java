package io.waypost.content.liquid.expression;

import java.util.Map;

import io.waypost.content.liquid.value.SpecialValue;
import org.jspecify.annotations.Nullable;

/**
 * A literal.
 *
 * @param value its value
 */
record LiteralExpression(@Nullable Object value) implements LiquidExpression {

	/** Literals that are words. */
	static final Map<String, LiteralExpression> WORDS = Map.of("nil", new LiteralExpression(null), "null",
			new LiteralExpression(null), "true", new LiteralExpression(true), "false", new LiteralExpression(false),
			"blank", new LiteralExpression(SpecialValue.BLANK), "empty", new LiteralExpression(SpecialValue.EMPTY));

	@Override
	public @Nullable Object evaluate(RenderContext context) {
		return this.value;
	}

	@Override
	public void addTo(TemplateReferences references) {
		// A literal reads nothing.
	}

}
