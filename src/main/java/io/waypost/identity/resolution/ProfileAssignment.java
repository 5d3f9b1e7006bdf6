package io.waypost.identity.resolution;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import io.waypost.identity.Identifier;
import io.waypost.identity.UuidOrder;
import io.waypost.kernel.IdGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides which profile each identifier belongs to. The result depends on which
 * identifiers were ever seen together, not on their order:
 * <ol>
 * <li>Each user id is a person; only an alias between two user ids makes them one
 * person.</li>
 * <li>A mailbox belongs to the one person who claims it; if two claim it, to no one.</li>
 * <li>A device belongs to the one person who signed in on it; without a sign-in, to the
 * one mailbox that was entered on it; if there are two of the same kind, to no one.</li>
 * </ol>
 */
final class ProfileAssignment {

	private final IdGenerator ids;

	private final Map<UUID, @Nullable UUID> profiles = new HashMap<>();

	private final Map<UUID, Identifier.Type> types = new HashMap<>();

	private final UnionFind merges = new UnionFind();

	private final Set<UUID> profilesWithNewUser = new HashSet<>();

	ProfileAssignment(IdGenerator ids, Map<UUID, IdentifierMapping> stored) {
		this.ids = ids;
		stored.forEach(this::add);
	}

	/** Adds new user ids, each with a new profile; aliases may merge them later. */
	void addUsers(Collection<HashedIdentifier> users) {
		for (HashedIdentifier user : users) {
			UUID profile = newProfile();
			this.types.put(user.hash(), user.type());
			this.profiles.put(user.hash(), profile);
			this.profilesWithNewUser.add(profile);
		}
	}

	/** Applies rule 1. */
	void joinAlias(IdentityEdge alias) {
		this.merges.union(person(alias.hash()), person(alias.otherHash()));
	}

	/**
	 * Applies rules 2 and 3 to these identifiers; mailboxes first, because devices follow
	 * them.
	 */
	void assignOwners(Collection<HashedIdentifier> touched, IdentifierClaims claims, Predicate<UUID> onlyIdentifier) {
		List<HashedIdentifier> mailboxes = touched.stream()
			.filter((key) -> key.type() == Identifier.Type.EMAIL)
			.toList();
		List<HashedIdentifier> devices = touched.stream()
			.filter((key) -> key.type() == Identifier.Type.ANONYMOUS_ID)
			.toList();
		for (HashedIdentifier mailbox : mailboxes) {
			assignOwners(mailbox, owners(claims.claimantsOf(mailbox.hash()), Identifier.Type.USER_ID), claims,
					onlyIdentifier);
		}
		for (HashedIdentifier device : devices) {
			Set<UUID> owners = owners(claims.claimantsOf(device.hash()), Identifier.Type.USER_ID);
			assignOwners(device,
					owners.isEmpty() ? owners(claims.claimantsOf(device.hash()), Identifier.Type.EMAIL) : owners,
					claims, onlyIdentifier);
		}
	}

	/**
	 * Returns the profile of an identifier; an identifier without an owner gets its own
	 * profile.
	 */
	UUID subject(HashedIdentifier key) {
		UUID profile = this.profiles.get(key.hash());
		if (profile == null) {
			profile = newProfile();
			this.types.put(key.hash(), key.type());
			this.profiles.put(key.hash(), profile);
		}
		return this.merges.find(profile);
	}

	/**
	 * Returns the profile of an identifier, not yet replaced by its survivor; null if it
	 * belongs to no one.
	 */
	@Nullable UUID assignedProfile(UUID hash) {
		return this.profiles.get(hash);
	}

	UUID survivor(UUID profile) {
		return this.merges.find(profile);
	}

	/** Returns stored profiles that were merged into others, oldest first. */
	List<UUID> absorbed() {
		return this.merges.profiles()
			.stream()
			.filter((profile) -> this.merges.rank(profile) != UnionFind.SurvivorRank.NEW)
			.filter((profile) -> !this.merges.find(profile).equals(profile))
			.sorted(UuidOrder.UNSIGNED)
			.toList();
	}

	/** Returns profiles that must be inserted, in the order of their ids. */
	List<UUID> created() {
		return this.profiles.values()
			.stream()
			.filter(Objects::nonNull)
			.map(this.merges::find)
			.filter((profile) -> this.merges.rank(profile) == UnionFind.SurvivorRank.NEW)
			.distinct()
			.sorted(UuidOrder.UNSIGNED)
			.toList();
	}

	/** Returns profiles that got their first user id or another one. */
	Set<UUID> newlyIdentified() {
		Set<UUID> known = new HashSet<>();
		this.profilesWithNewUser.forEach((profile) -> known.add(this.merges.find(profile)));
		return known;
	}

	private void add(UUID hash, IdentifierMapping mapping) {
		this.types.put(hash, mapping.type());
		this.profiles.put(hash, mapping.profile());
		if (mapping.profile() != null) {
			this.merges.add(mapping.profile(),
					mapping.identified() ? UnionFind.SurvivorRank.IDENTIFIED : UnionFind.SurvivorRank.ANONYMOUS);
		}
	}

	private void assignOwners(HashedIdentifier key, Set<UUID> owners, IdentifierClaims claims,
			Predicate<UUID> onlyIdentifier) {
		UUID current = this.profiles.get(key.hash());
		boolean ownProfile = current != null && this.merges.rank(current) == UnionFind.SurvivorRank.ANONYMOUS;
		// A mailbox moves with its devices, a device only without other identifiers
		boolean movesWholeProfile = ownProfile
				&& (key.type() == Identifier.Type.EMAIL || onlyIdentifier.test(Objects.requireNonNull(current)));
		this.types.put(key.hash(), key.type());
		if (owners.size() == 1) {
			UUID owner = owners.iterator().next();
			if (movesWholeProfile && current != null) {
				this.merges.union(owner, current);
			}
			else if (current == null || !this.merges.find(current).equals(owner)) {
				this.profiles.put(key.hash(), owner);
			}
		}
		else if (current == null && claims.claimantsOf(key.hash()).isEmpty()) {
			this.profiles.put(key.hash(), newProfile());
		}
		else if (!owners.isEmpty() || !movesWholeProfile) {
			this.profiles.put(key.hash(), null);
		}
	}

	private Set<UUID> owners(Set<UUID> claimants, Identifier.Type type) {
		Set<UUID> owners = new HashSet<>();
		for (UUID claimant : claimants) {
			UUID profile = this.profiles.get(claimant);
			if (profile != null && this.types.get(claimant) == type) {
				owners.add(this.merges.find(profile));
			}
		}
		return owners;
	}

	private UUID person(UUID user) {
		UUID profile = this.profiles.get(user);
		if (profile == null) {
			throw new IllegalStateException("A user id without a profile");
		}
		return profile;
	}

	private UUID newProfile() {
		UUID profile = this.ids.next();
		this.merges.add(profile, UnionFind.SurvivorRank.NEW);
		return profile;
	}

}
