package io.waypost.content;

import org.jspecify.annotations.Nullable;

/** A message for many people, of which all is done that does not depend on the person. */
@FunctionalInterface
public interface PreparedEmail {

	/**
	 * Fills in what differs: gives the same parts as {@link EmailRenderer#render}, under
	 * a hash that is made in another way.
	 * @param firstName null when unknown
	 * @param links the recipient's own addresses, with an open pixel as prepared
	 * @return the parts of the message
	 */
	RenderedEmail fill(@Nullable String firstName, RecipientLinks links);

}
