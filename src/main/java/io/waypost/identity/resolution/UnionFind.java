package io.waypost.identity.resolution;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.waypost.identity.UuidOrder;

/**
 * Disjoint sets of profiles that are one person. The root of a set is its survivor: a
 * profile with a user id before one without, a stored profile before a new one, then the
 * oldest.
 */
final class UnionFind {

	/** The kinds of profile, best survivor first. */
	enum SurvivorRank {

		IDENTIFIED, ANONYMOUS, NEW

	}

	private final Map<UUID, UUID> parents = new HashMap<>();

	private final Map<UUID, SurvivorRank> ranks = new HashMap<>();

	private final Comparator<UUID> survival = Comparator.<UUID, SurvivorRank>comparing(this::rank)
		.thenComparing(UuidOrder.UNSIGNED);

	void add(UUID profile, SurvivorRank rank) {
		this.parents.putIfAbsent(profile, profile);
		this.ranks.putIfAbsent(profile, rank);
	}

	void union(UUID one, UUID other) {
		UUID first = find(one);
		UUID second = find(other);
		boolean inOrder = this.survival.compare(first, second) <= 0;
		this.parents.put(inOrder ? second : first, inOrder ? first : second);
	}

	UUID find(UUID profile) {
		UUID parent = this.parents.getOrDefault(profile, profile);
		if (parent.equals(profile)) {
			return profile;
		}
		UUID root = find(parent);
		this.parents.put(profile, root);
		return root;
	}

	SurvivorRank rank(UUID profile) {
		return this.ranks.getOrDefault(profile, SurvivorRank.NEW);
	}

	Collection<UUID> profiles() {
		return this.ranks.keySet();
	}

}
