package io.waypost.identity;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

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
record Neighbourhood(Map<UUID, Pointer> pointers, Map<UUID, Key> touched, Claims claims, Set<Edge> aliases,
		Set<Edge> newClaims, Map<UUID, Integer> sizes) {

	static Neighbourhood of(Map<UUID, Pointer> pointers, Set<Edge> aliases, Set<Edge> newClaims) {
		return new Neighbourhood(pointers, new LinkedHashMap<>(), new Claims(), aliases, newClaims, new HashMap<>());
	}

	/**
	 * Whether stored identifiers must be pointed elsewhere, which takes exclusive locks.
	 */
	boolean movesIdentifiers() {
		return this.newClaims.stream().anyMatch((claim) -> this.pointers.containsKey(claim.hash())) || this.aliases
			.stream()
			.anyMatch((alias) -> this.pointers.containsKey(alias.hash()) || this.pointers.containsKey(alias.by()));
	}

	/** Stored devices and mailboxes with new claims. */
	Set<UUID> newlyClaimed() {
		Set<UUID> hashes = new LinkedHashSet<>();
		this.newClaims.forEach((claim) -> hashes.add(claim.hash()));
		hashes.retainAll(this.pointers.keySet());
		return hashes;
	}

	/** Stored people that an alias is about to join. */
	Set<UUID> joining() {
		Set<UUID> profiles = new HashSet<>();
		for (Edge alias : this.aliases) {
			for (UUID end : new UUID[] { alias.hash(), alias.by() }) {
				Pointer pointer = this.pointers.get(end);
				if (pointer != null && pointer.profile() != null) {
					profiles.add(pointer.profile());
				}
			}
		}
		return profiles;
	}

	boolean isAlone(UUID profile) {
		return this.sizes.getOrDefault(profile, 1) <= 1;
	}

	/** Whether a user id claims the identifier. */
	boolean isDirect(UUID hash, Collection<UUID> users) {
		Pointer pointer = this.pointers.get(hash);
		if (pointer != null && pointer.direct()) {
			return true;
		}
		return this.claims.of(hash).stream().anyMatch((by) -> users.contains(by) || isUser(by));
	}

	private boolean isUser(UUID hash) {
		Pointer pointer = this.pointers.get(hash);
		return pointer != null && pointer.type() == Identifier.Type.USER_ID;
	}

}
