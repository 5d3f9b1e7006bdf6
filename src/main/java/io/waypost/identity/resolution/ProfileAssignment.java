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
 * Decides which profile each identifier points at. The answer follows from what was ever
 * seen together, not from the order of it:
 * <ol>
 * <li>People are user ids; only an alias between two of them makes them one.</li>
 * <li>A mailbox belongs to the one person who claims it; if two do, to nobody.</li>
 * <li>A device belongs to the one person who signed in on it; if nobody did, to the one
 * mailbox that was typed on it; if there are two, to nobody.</li>
 * </ol>
 */
final class ProfileAssignment {

	private final IdGenerator ids;

	private final Map<UUID, @Nullable UUID> pointers = new HashMap<>();

	private final Map<UUID, Identifier.Type> types = new HashMap<>();

	private final UnionFind people = new UnionFind();

	private final Set<UUID> peopleWithUser = new HashSet<>();

	ProfileAssignment(IdGenerator ids, Map<UUID, IdentifierMapping> stored) {
		this.ids = ids;
		stored.forEach(this::add);
	}

	/** New user ids are new people until something says otherwise. */
	void addUsers(Collection<HashedIdentifier> users) {
		for (HashedIdentifier user : users) {
			UUID profile = fresh();
			this.types.put(user.hash(), user.type());
			this.pointers.put(user.hash(), profile);
			this.peopleWithUser.add(profile);
		}
	}

	/** Rule 1. */
	void joinAlias(IdentityEdge alias) {
		this.people.union(person(alias.hash()), person(alias.otherHash()));
	}

	/**
	 * Rules 2 and 3 for these identifiers; mailboxes first, because devices follow them.
	 */
	void assignOwners(Collection<HashedIdentifier> touched, IdentifierClaims claims, Predicate<UUID> alone) {
		List<HashedIdentifier> mailboxes = touched.stream()
			.filter((key) -> key.type() == Identifier.Type.EMAIL)
			.toList();
		List<HashedIdentifier> devices = touched.stream()
			.filter((key) -> key.type() == Identifier.Type.ANONYMOUS_ID)
			.toList();
		for (HashedIdentifier mailbox : mailboxes) {
			assignOwners(mailbox, owners(claims.claimantsOf(mailbox.hash()), Identifier.Type.USER_ID), claims, alone);
		}
		for (HashedIdentifier device : devices) {
			Set<UUID> owners = owners(claims.claimantsOf(device.hash()), Identifier.Type.USER_ID);
			assignOwners(device,
					owners.isEmpty() ? owners(claims.claimantsOf(device.hash()), Identifier.Type.EMAIL) : owners,
					claims, alone);
		}
	}

	/**
	 * The profile of an identifier; one that belongs to nobody gets a profile of its own.
	 */
	UUID subject(HashedIdentifier key) {
		UUID profile = this.pointers.get(key.hash());
		if (profile == null) {
			profile = fresh();
			this.types.put(key.hash(), key.type());
			this.pointers.put(key.hash(), profile);
		}
		return this.people.find(profile);
	}

	/**
	 * Where an identifier points before absorbed profiles give way to their survivors.
	 */
	@Nullable UUID assignedProfile(UUID hash) {
		return this.pointers.get(hash);
	}

	UUID survivor(UUID profile) {
		return this.people.find(profile);
	}

	/** Stored profiles that gave way, oldest first. */
	List<UUID> absorbed() {
		return this.people.profiles()
			.stream()
			.filter((profile) -> this.people.rank(profile) != UnionFind.SurvivorRank.NEW)
			.filter((profile) -> !this.people.find(profile).equals(profile))
			.sorted(UuidOrder.UNSIGNED)
			.toList();
	}

	/** Profiles that must be stored first, in the order of their ids. */
	List<UUID> created() {
		return this.pointers.values()
			.stream()
			.filter(Objects::nonNull)
			.map(this.people::find)
			.filter((profile) -> this.people.rank(profile) == UnionFind.SurvivorRank.NEW)
			.distinct()
			.sorted(UuidOrder.UNSIGNED)
			.toList();
	}

	/** Profiles that got a user id. */
	Set<UUID> newlyIdentified() {
		Set<UUID> known = new HashSet<>();
		this.peopleWithUser.forEach((profile) -> known.add(this.people.find(profile)));
		return known;
	}

	private void add(UUID hash, IdentifierMapping pointer) {
		this.types.put(hash, pointer.type());
		this.pointers.put(hash, pointer.profile());
		if (pointer.profile() != null) {
			this.people.add(pointer.profile(),
					pointer.identified() ? UnionFind.SurvivorRank.IDENTIFIED : UnionFind.SurvivorRank.ANONYMOUS);
		}
	}

	private void assignOwners(HashedIdentifier key, Set<UUID> owners, IdentifierClaims claims, Predicate<UUID> alone) {
		UUID now = this.pointers.get(key.hash());
		boolean ownProfile = now != null && this.people.rank(now) == UnionFind.SurvivorRank.ANONYMOUS;
		// A mailbox takes its devices along, a device only what is its own
		boolean whole = ownProfile && (key.type() == Identifier.Type.EMAIL || alone.test(Objects.requireNonNull(now)));
		this.types.put(key.hash(), key.type());
		if (owners.size() == 1) {
			UUID owner = owners.iterator().next();
			if (whole && now != null) {
				this.people.union(owner, now);
			}
			else if (now == null || !this.people.find(now).equals(owner)) {
				this.pointers.put(key.hash(), owner);
			}
		}
		else if (now == null && claims.claimantsOf(key.hash()).isEmpty()) {
			this.pointers.put(key.hash(), fresh());
		}
		else if (!owners.isEmpty() || !whole) {
			this.pointers.put(key.hash(), null);
		}
	}

	private Set<UUID> owners(Set<UUID> claimants, Identifier.Type type) {
		Set<UUID> owners = new HashSet<>();
		for (UUID claimant : claimants) {
			UUID profile = this.pointers.get(claimant);
			if (profile != null && this.types.get(claimant) == type) {
				owners.add(this.people.find(profile));
			}
		}
		return owners;
	}

	private UUID person(UUID user) {
		UUID profile = this.pointers.get(user);
		if (profile == null) {
			throw new IllegalStateException("A user id without a profile");
		}
		return profile;
	}

	private UUID fresh() {
		UUID profile = this.ids.next();
		this.people.add(profile, UnionFind.SurvivorRank.NEW);
		return profile;
	}

}
