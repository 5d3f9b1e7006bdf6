package io.waypost.identity;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Who claims which device or mailbox. */
final class Claims {

	private final Map<UUID, Set<UUID>> claimants = new HashMap<>();

	void addAll(Collection<Edge> edges) {
		for (Edge edge : edges) {
			this.claimants.computeIfAbsent(edge.hash(), (hash) -> new LinkedHashSet<>()).add(edge.by());
		}
	}

	Set<UUID> of(UUID hash) {
		return this.claimants.getOrDefault(hash, Set.of());
	}

}
