package io.waypost.content.liquid.tag;

import org.jspecify.annotations.Nullable;

/** Supplies the tokens of a template or of a {@code liquid} tag. */
interface TokenSource {

	/** Returns the next token, null at the end. */
	@Nullable TemplateToken next();

	/**
	 * Skips the body of a tag whose content is not parsed.
	 * @param tag the opening tag
	 * @return the closing tag; the body is between the end of {@code tag} and its offset
	 */
	TemplateToken skipTo(TemplateToken tag);

	/**
	 * Skips a comment, which may contain comments and raw tags.
	 * @param tag the opening tag
	 * @return the closing tag
	 */
	TemplateToken skipComment(TemplateToken tag);

}
