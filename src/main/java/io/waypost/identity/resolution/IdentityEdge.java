package io.waypost.identity.resolution;

import java.util.UUID;

/**
 * Two identifiers that were seen together: a claim or an alias.
 *
 * @param hash claimed device or mailbox, or the newer user id of an alias
 * @param otherHash claiming user id or mailbox, or the earlier user id of an alias
 */
record IdentityEdge(UUID hash, UUID otherHash) {

}
