package io.waypost.identity.resolution;

import java.util.UUID;

import io.waypost.identity.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * The stored profile of an identifier.
 *
 * @param type kind of identifier
 * @param profile the surviving profile, null when the identifier belongs to no one
 * @param claimedByUserId whether a user id claims it
 * @param version of the profile's set of identifiers
 * @param identified whether the profile has a user id
 */
record IdentifierMapping(Identifier.Type type, @Nullable UUID profile, boolean claimedByUserId, int version,
		boolean identified) {

}
