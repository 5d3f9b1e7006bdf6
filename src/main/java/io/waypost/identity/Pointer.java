package io.waypost.identity;

import java.util.UUID;

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
record Pointer(Identifier.Type type, @Nullable UUID profile, boolean direct, int version, boolean known) {

}
