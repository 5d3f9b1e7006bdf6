package io.waypost.identity;

import java.util.UUID;

/**
 * An identifier as the tables know it.
 *
 * @param hash blind index of type and value
 * @param type kind of identifier
 */
record Key(UUID hash, Identifier.Type type) {

	boolean isUser() {
		return this.type == Identifier.Type.USER_ID;
	}

}
