package io.waypost.identity.resolution;

import java.util.UUID;

import io.waypost.identity.Identifier;

/**
 * An identifier in the form in which it is stored.
 *
 * @param hash blind index of type and value
 * @param type kind of identifier
 */
public record HashedIdentifier(UUID hash, Identifier.Type type) {

	boolean isUser() {
		return this.type == Identifier.Type.USER_ID;
	}

}
