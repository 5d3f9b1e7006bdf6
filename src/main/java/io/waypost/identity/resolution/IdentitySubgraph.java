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
 * @param mappings identifiers with their current profiles
 * @param touched devices and mailboxes whose owner must be decided, by hash
 * @param claims all claims on them
 * @param aliases pairs of user ids that become one person now
 * @param newClaims claims that are not stored yet
 * @param sizes number of identifiers of each profile that has devices and mailboxes
 */
record IdentitySubgraph(Map<UUID, IdentifierMapping> mappings, Map<UUID, HashedIdentifier> touched,
		IdentifierClaims claims, Set<IdentityEdge> aliases, Set<IdentityEdge> newClaims, Map<UUID, Integer> sizes) {

	static IdentitySubgraph of(Map<UUID, IdentifierMapping> mappings, Set<IdentityEdge> aliases,
			Set<IdentityEdge> newClaims) {
		return new IdentitySubgraph(mappings, new LinkedHashMap<>(), new IdentifierClaims(), aliases, newClaims,
				new HashMap<>());
	}

	/**
	 * Returns whether stored identifiers must be reassigned, which needs exclusive locks.
	 */
	boolean movesIdentifiers() {
		return this.newClaims.stream().anyMatch((claim) -> this.mappings.containsKey(claim.hash())) || this.aliases
			.stream()
			.anyMatch(
					(alias) -> this.mappings.containsKey(alias.hash()) || this.mappings.containsKey(alias.otherHash()));
	}

	/** Returns the hashes of stored devices and mailboxes that have new claims. */
	Set<UUID> newlyClaimed() {
		Set<UUID> hashes = new LinkedHashSet<>();
		this.newClaims.forEach((claim) -> hashes.add(claim.hash()));
		hashes.retainAll(this.mappings.keySet());
		return hashes;
	}

	/** Returns stored profiles that an alias is about to merge. */
	Set<UUID> profilesJoinedByAlias() {
		Set<UUID> profiles = new HashSet<>();
		for (IdentityEdge alias : this.aliases) {
			for (UUID end : new UUID[] { alias.hash(), alias.otherHash() }) {
				IdentifierMapping mapping = this.mappings.get(end);
				if (mapping != null && mapping.profile() != null) {
					profiles.add(mapping.profile());
				}
			}
		}
		return profiles;
	}

	boolean isOnlyIdentifierOf(UUID profile) {
		return this.sizes.getOrDefault(profile, 1) <= 1;
	}

	/** Returns whether a user id claims the identifier. */
	boolean isClaimedByUserId(UUID hash, Collection<UUID> users) {
		IdentifierMapping mapping = this.mappings.get(hash);
		if (mapping != null && mapping.claimedByUserId()) {
			return true;
		}
		return this.claims.claimantsOf(hash)
			.stream()
			.anyMatch((claimant) -> users.contains(claimant) || isUser(claimant));
	}

	private boolean isUser(UUID hash) {
		IdentifierMapping mapping = this.mappings.get(hash);
		return mapping != null && mapping.type() == Identifier.Type.USER_ID;
	}

}
