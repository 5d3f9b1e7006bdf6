package io.waypost.content.liquid.tag;

import io.waypost.content.liquid.expression.ExpressionParser;

/**
 * A piece of a template.
 *
 * @param type its type
 * @param source the template
 * @param name name of a tag, otherwise empty
 * @param offset offset in the source
 * @param start where the text, the expression or the arguments of a tag begin
 * @param end where they end
 * @param next offset behind the token
 * @param trimsLeft whether whitespace before it is removed
 * @param trimsRight whether whitespace behind it is removed
 */
record TemplateToken(Type type, String source, String name, int offset, int start, int end, int next, boolean trimsLeft,
		boolean trimsRight) {

	/** Type of a token. */
	enum Type {

		TEXT, OUTPUT, TAG

	}

	ExpressionParser parser() {
		return new ExpressionParser(this.source, this.start, this.end);
	}

	/** Returns the text, the expression or the arguments. */
	String text() {
		return this.source.substring(this.start, this.end);
	}

	boolean isBlank() {
		return text().isBlank();
	}

}
