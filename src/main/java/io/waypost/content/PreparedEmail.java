package io.waypost.content;

import org.jspecify.annotations.Nullable;

/** A message that is rendered once and filled for each recipient. */
@FunctionalInterface
public interface PreparedEmail {

	/**
	 * Fills in the recipient's values. The result has the same parts as
	 * {@link EmailRenderer#render}, but another hash, see {@link RenderedEmail#hash}.
	 * @param firstName null when unknown
	 * @param links the recipient's URLs, with an open pixel if the message was prepared
	 * with one
	 * @return the rendered e-mail
	 */
	RenderedEmail fill(@Nullable String firstName, RecipientLinks links);

}
