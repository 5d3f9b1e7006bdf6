package io.waypost.content;

import io.waypost.content.liquid.LiquidError;

/** A template could not be rendered within its limits. */
public class TemplateRenderingFailed extends RuntimeException {

	TemplateRenderingFailed(Template template, String field, LiquidError cause) {
		super("Template '%s' version %d: %s: %s".formatted(template.key(), template.version(), field,
				cause.getMessage()), cause);
	}

}
