package io.waypost.identity.resolution;

import java.util.UUID;

import io.waypost.identity.Identifier;
import org.jspecify.annotations.Nullable;

/**
 * Where an identifier points.
 *
 * @param type kind of identifier
 * @param profile the surviving profile, null when it belongs to nobody
 * @param direct whether a user id claims it
 * @param version of the profile's set of identifiers
 * @param known whether a user id points at the profile
 */
record IdentifierMapping(Identifier.Type type, @Nullable UUID profile, boolean claimedByUserId, int version,
		boolean identified) {

}
