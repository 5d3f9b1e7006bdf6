package io.waypost.identity.resolution;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.waypost.identity.Identifier;

/**
 * The part of the identity graph that one batch may change, as it is stored.
 *
 * @param pointers where identifiers point
 * @param touched devices and mailboxes whose owner must be decided
 * @param claims all claims on them
 * @param aliases pairs of user ids that become one person now
 * @param newClaims claims not on record yet
 * @param sizes how many identifiers point at the profiles of devices and mailboxes
 */
record IdentitySubgraph(Map<UUID, IdentifierMapping> mappings, Map<UUID, HashedIdentifier> touched,
		IdentifierClaims claims, Set<IdentityEdge> aliases, Set<IdentityEdge> newClaims, Map<UUID, Integer> sizes) {

	static IdentitySubgraph of(Map<UUID, IdentifierMapping> pointers, Set<IdentityEdge> aliases,
			Set<IdentityEdge> newClaims) {
		return new IdentitySubgraph(pointers, new LinkedHashMap<>(), new IdentifierClaims(), aliases, newClaims,
				new HashMap<>());
	}

	/**
	 * Whether stored identifiers must be pointed elsewhere, which takes exclusive locks.
	 */
	boolean movesIdentifiers() {
		return this.newClaims.stream().anyMatch((claim) -> this.mappings.containsKey(claim.hash())) || this.aliases
			.stream()
			.anyMatch(
					(alias) -> this.mappings.containsKey(alias.hash()) || this.mappings.containsKey(alias.otherHash()));
	}

	/** Stored devices and mailboxes with new claims. */
	Set<UUID> newlyClaimed() {
		Set<UUID> hashes = new LinkedHashSet<>();
		this.newClaims.forEach((claim) -> hashes.add(claim.hash()));
		hashes.retainAll(this.mappings.keySet());
		return hashes;
	}

	/** Stored people that an alias is about to join. */
	Set<UUID> profilesJoinedByAlias() {
		Set<UUID> profiles = new HashSet<>();
		for (IdentityEdge alias : this.aliases) {
			for (UUID end : new UUID[] { alias.hash(), alias.otherHash() }) {
				IdentifierMapping pointer = this.mappings.get(end);
				if (pointer != null && pointer.profile() != null) {
					profiles.add(pointer.profile());
				}
			}
		}
		return profiles;
	}

	boolean isOnlyIdentifierOf(UUID profile) {
		return this.sizes.getOrDefault(profile, 1) <= 1;
	}

	/** Whether a user id claims the identifier. */
	boolean isDirect(UUID hash, Collection<UUID> users) {
		IdentifierMapping pointer = this.mappings.get(hash);
		if (pointer != null && pointer.claimedByUserId()) {
			return true;
		}
		return this.claims.claimantsOf(hash).stream().anyMatch((by) -> users.contains(by) || isUser(by));
	}

	private boolean isUser(UUID hash) {
		IdentifierMapping pointer = this.mappings.get(hash);
		return pointer != null && pointer.type() == Identifier.Type.USER_ID;
	}

}
