package io.waypost.access.scim;

import java.util.UUID;

/** Reads ids from paths: another text than a UUID is the id of nothing. */
final class ScimId {

	private ScimId() {
	}

	static UUID of(String text, String resource) {
		try {
			return UUID.fromString(text);
		}
		catch (IllegalArgumentException ex) {
			throw ScimException.notFound("There is no %s '%s'".formatted(resource, text));
		}
	}

}
