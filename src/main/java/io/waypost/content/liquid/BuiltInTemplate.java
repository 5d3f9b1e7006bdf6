package io.waypost.content.liquid;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.filter.FilterContext;
import io.waypost.content.liquid.tag.CompiledTemplate;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.content.liquid.value.RenderBudget;
import io.waypost.content.liquid.value.RenderLimits;

/**
 * A Liquid text that is part of the application, compiled once. It has wide limits, since
 * no user can change it, and an undefined variable is an error.
 */
public final class BuiltInTemplate {

	private static final RenderLimits LIMITS = new RenderLimits(1_000_000, 10_000_000, 10_000, 10_000_000,
			Duration.ofMinutes(1));

	private final String source;

	private final CompiledTemplate template;

	private BuiltInTemplate(String source, CompiledTemplate template) {
		this.source = source;
		this.template = template;
	}

	/**
	 * Compiles a text.
	 * @param source Liquid
	 * @return the template
	 * @throws LiquidTemplateException when the text does not parse
	 */
	public static BuiltInTemplate of(String source) {
		try {
			return new BuiltInTemplate(source, CompiledTemplate.parse(source));
		}
		catch (LiquidException ex) {
			throw LiquidTemplateException.of(ex, source);
		}
	}

	/**
	 * Renders the text.
	 * @param values strings, numbers, lists and maps
	 * @return the rendered text
	 * @throws LiquidTemplateException when a variable is not defined
	 */
	public String render(Map<String, ?> values) {
		RenderBudget budget = new RenderBudget(LIMITS, System::nanoTime);
		try {
			return this.template.render(new RenderContext(values, new FilterContext(budget, Clock.systemUTC()), true));
		}
		catch (LiquidException ex) {
			throw LiquidTemplateException.of(ex, this.source);
		}
	}

}
