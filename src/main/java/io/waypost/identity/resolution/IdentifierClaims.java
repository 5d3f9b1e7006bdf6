package io.waypost.identity.resolution;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Who claims which device or mailbox. */
final class IdentifierClaims {

	private final Map<UUID, Set<UUID>> claimants = new HashMap<>();

	void addAll(Collection<IdentityEdge> edges) {
		for (IdentityEdge edge : edges) {
			this.claimants.computeIfAbsent(edge.hash(), (hash) -> new LinkedHashSet<>()).add(edge.otherHash());
		}
	}

	Set<UUID> claimantsOf(UUID hash) {
		return this.claimants.getOrDefault(hash, Set.of());
	}

}
