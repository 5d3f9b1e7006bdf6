package io.waypost.identity.resolution;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Claimants by claimed device or mailbox. */
final class IdentifierClaims {

	private final Map<UUID, Set<UUID>> claimants = new HashMap<>();

	void addAll(Collection<IdentityEdge> claims) {
		for (IdentityEdge claim : claims) {
			this.claimants.computeIfAbsent(claim.hash(), (hash) -> new LinkedHashSet<>()).add(claim.otherHash());
		}
	}

	Set<UUID> claimantsOf(UUID hash) {
		return this.claimants.getOrDefault(hash, Set.of());
	}

}
