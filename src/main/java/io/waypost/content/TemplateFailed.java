package io.waypost.content;

/** A template could not be filled within its bounds. */
public class TemplateFailed extends RuntimeException {

	TemplateFailed(Template template, String field, LiquidProblem cause) {
		super("Template '%s' version %d: %s: %s".formatted(template.key(), template.version(), field,
				cause.getMessage()), cause);
	}

}
