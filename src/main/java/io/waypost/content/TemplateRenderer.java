package io.waypost.content;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.content.liquid.LiquidEngine;
import io.waypost.content.liquid.LiquidTemplateException;
import io.waypost.content.liquid.MergeTags;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Validates and renders the Liquid texts of templates. */
@Component
public class TemplateRenderer {

	private final LiquidEngine liquid;

	TemplateRenderer(LiquidEngine liquid) {
		this.liquid = liquid;
	}

	/**
	 * Renders the texts of a template.
	 * @param template the template
	 * @param values values of {@link MergeTags}: strings, numbers, lists and maps
	 * @return the rendered texts
	 * @throws TemplateRenderingException when a text cannot be rendered within its limits
	 */
	public TemplateCopy render(Template template, Map<String, Object> values) {
		return new TemplateCopy(render(template, "subject", template.subject(), values),
				render(template, "preheader", template.preheader(), values),
				render(template, "headline", template.headline(), values),
				TemplateCopy.paragraphs(render(template, "body", template.body(), values)),
				render(template, "callToAction", template.callToAction(), values));
	}

	/**
	 * Validates a text.
	 * @param text Liquid
	 * @return messages for the author with unknown merge tags and the position of syntax
	 * errors; empty when the text is valid
	 */
	public List<String> problems(String text) {
		return this.liquid.problems(text);
	}

	/**
	 * Returns the merge tags that a text uses.
	 * @param text valid Liquid, see {@link #problems}
	 * @return their names
	 */
	public Set<String> mergeTags(String text) {
		return this.liquid.mergeTags(text);
	}

	private @Nullable String render(Template template, String field, @Nullable String source,
			Map<String, Object> values) {
		if (source == null) {
			return null;
		}
		try {
			return this.liquid.render(source, values);
		}
		catch (LiquidTemplateException ex) {
			throw new TemplateRenderingException(template, field, ex);
		}
	}

}
