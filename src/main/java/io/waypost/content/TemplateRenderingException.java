package io.waypost.content;

import io.waypost.content.liquid.LiquidTemplateException;

/** A template could not be rendered within its limits. */
public class TemplateRenderingException extends RuntimeException {

	TemplateRenderingException(Template template, String field, LiquidTemplateException cause) {
		super("Template '%s' version %d: %s: %s".formatted(template.key(), template.version(), field,
				cause.getMessage()), cause);
	}

}
