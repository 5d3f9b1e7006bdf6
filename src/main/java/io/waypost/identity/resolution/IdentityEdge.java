package io.waypost.identity.resolution;

import java.util.UUID;

/**
 * Two identifiers that were seen together.
 *
 * @param hash the device or mailbox that is claimed, or the newer user id of an alias
 * @param by who claims it, or the earlier id of an alias
 */
record IdentityEdge(UUID hash, UUID otherHash) {

}
