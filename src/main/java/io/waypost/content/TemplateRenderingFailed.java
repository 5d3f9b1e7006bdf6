package io.waypost.content;

import io.waypost.content.liquid.LiquidError;

/** A template could not be filled within its bounds. */
public class TemplateRenderingFailed extends RuntimeException {

	TemplateRenderingFailed(Template template, String field, LiquidError cause) {
		super("Template '%s' version %d: %s: %s".formatted(template.key(), template.version(), field,
				cause.getMessage()), cause);
	}

}
