package io.waypost.identity;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Finds out whom a batch of sightings is about, joining what turns out to be one person.
 * Locks are taken in one order by everyone: user ids seen first, profiles, then devices
 * and mailboxes. Batches that only add share the profile locks; batches that point stored
 * identifiers elsewhere hold them alone. What changed between looking and locking shows
 * in a profile's version and ends in {@link StaleIdentity}.
 */
@Component
class Stitching {

	private final Keyring keyring;

	private final IdGenerator ids;

	private final Identifiers identifiers;

	private final Edges edges;

	private final ProfileRows profiles;

	private final PartitionWriter writer;

	Stitching(Keyring keyring, IdGenerator ids, Identifiers identifiers, Edges edges, ProfileRows profiles,
			PartitionWriter writer) {
		this.keyring = keyring;
		this.ids = ids;
		this.identifiers = identifiers;
		this.edges = edges;
		this.profiles = profiles;
		this.writer = writer;
	}

	/** The profile of each sighting, in order. */
	Stitched stitch(TenantId tenant, List<Sighting> sightings) {
		Mentions mentions = Mentions.of(this.keyring, tenant, sightings);
		Map<UUID, Pointer> stored = this.identifiers.find(tenant, mentions.hashes());
		Set<Edge> aliases = aliases(tenant, mentions, stored);
		Neighbourhood around = Neighbourhood.of(stored, aliases, newClaims(tenant, mentions, stored));
		boolean exclusive = around.movesIdentifiers();
		lock(tenant, stored.values(), exclusive);
		if (exclusive) {
			explore(tenant, mentions, around);
		}
		return decide(tenant, mentions, around);
	}

	private Stitched decide(TenantId tenant, Mentions mentions, Neighbourhood around) {
		List<Key> users = newUsers(mentions, around.pointers());
		for (Key key : mentions.sighted().values()) {
			if (!key.isUser() && !around.pointers().containsKey(key.hash())) {
				around.touched().put(key.hash(), key);
			}
		}
		around.claims().addAll(around.newClaims());
		Partition partition = new Partition(this.ids, around.pointers());
		partition.addUsers(users);
		around.aliases().forEach(partition::alias);
		partition.settle(around.touched().values(), around.claims(), around::isAlone);
		List<UUID> subjects = mentions.list().stream().map((mention) -> partition.subject(mention.subject())).toList();
		Set<UUID> newUsers = users.stream().map(Key::hash).collect(Collectors.toSet());
		this.writer.write(tenant, mentions, around, partition, newUsers);
		return new Stitched(mentions, subjects.stream().map(partition::survivor).toList(), newUsers);
	}

	/**
	 * Pairs of user ids that become one person now. An alias counts once both its ends
	 * were seen as user ids, so a new user id may wake up an alias of last week.
	 */
	private Set<Edge> aliases(TenantId tenant, Mentions mentions, Map<UUID, Pointer> stored) {
		Set<UUID> users = new HashSet<>();
		newUsers(mentions, stored).forEach((key) -> users.add(key.hash()));
		mentions.aliases().forEach((alias) -> users.addAll(List.of(alias.hash(), alias.by())));
		if (users.isEmpty()) {
			return Set.of();
		}
		this.edges.takeTurns(tenant, users);
		stored.putAll(this.identifiers.find(tenant, users));
		Set<UUID> fresh = newUsers(mentions, stored).stream().map(Key::hash).collect(Collectors.toSet());
		Set<Edge> aliases = new LinkedHashSet<>(mentions.aliases());
		if (!mentions.aliases().isEmpty()) {
			this.edges.recordAliases(tenant, mentions.aliases());
		}
		if (!fresh.isEmpty()) {
			aliases.addAll(this.edges.aliasesOf(tenant, fresh));
			stored.putAll(this.identifiers.find(tenant, otherEnds(aliases, stored, fresh)));
		}
		aliases.removeIf((alias) -> !exists(alias.hash(), stored, fresh) || !exists(alias.by(), stored, fresh)
				|| samePerson(alias, stored));
		return aliases;
	}

	/** Claims that are news; what a user id's own claim already decided is none. */
	private Set<Edge> newClaims(TenantId tenant, Mentions mentions, Map<UUID, Pointer> stored) {
		Set<Edge> claims = new LinkedHashSet<>(mentions.claims());
		claims.removeIf((claim) -> isDecided(claim, stored));
		List<Edge> maybeRecorded = claims.stream()
			.filter((claim) -> stored.containsKey(claim.hash()) && stored.containsKey(claim.by()))
			.toList();
		if (!maybeRecorded.isEmpty()) {
			claims.removeAll(this.edges.recorded(tenant, maybeRecorded));
		}
		return claims;
	}

	/** Loads and locks whatever the news may move. */
	private void explore(TenantId tenant, Mentions mentions, Neighbourhood around) {
		Set<UUID> hashes = around.newlyClaimed();
		Set<UUID> joining = around.joining();
		if (!joining.isEmpty()) {
			this.edges.claimsByProfiles(tenant, joining).forEach((claim) -> hashes.add(claim.hash()));
		}
		// Devices follow the mailbox that was typed on them
		this.edges.claimsBy(tenant, List.copyOf(hashes)).forEach((claim) -> hashes.add(claim.hash()));
		Map<UUID, Pointer> locked = this.identifiers.lock(tenant, hashes);
		locked.forEach((hash, pointer) -> around.touched().put(hash, new Key(hash, pointer.type())));
		around.pointers().putAll(locked);
		Set<Edge> claims = this.edges.claimsOn(tenant, hashes);
		around.claims().addAll(claims);
		Set<UUID> claimants = claims.stream().map(Edge::by).collect(Collectors.toSet());
		claimants.removeAll(around.pointers().keySet());
		Map<UUID, Pointer> owners = this.identifiers.find(tenant, claimants);
		if (!Collections.disjoint(owners.keySet(), mentions.hashes())) {
			// Somebody else stored it since we looked: our claims on it would be
			// taken neither for those on a stored nor for those on a new one
			throw new StaleIdentity("An identifier");
		}
		around.pointers().putAll(owners);
		lock(tenant, locked.values(), true);
		around.sizes().putAll(this.identifiers.sizes(tenant, Identifiers.profiles(locked.values())));
	}

	private void lock(TenantId tenant, Collection<Pointer> pointers, boolean exclusive) {
		Map<UUID, Integer> versions = this.profiles.lock(tenant, Identifiers.profiles(pointers), exclusive);
		for (Pointer pointer : pointers) {
			if (pointer.profile() != null
					&& !Integer.valueOf(pointer.version()).equals(versions.get(pointer.profile()))) {
				throw new StaleIdentity("A profile");
			}
		}
	}

	private static List<Key> newUsers(Mentions mentions, Map<UUID, Pointer> stored) {
		return mentions.sighted()
			.values()
			.stream()
			.filter((key) -> key.isUser() && !stored.containsKey(key.hash()))
			.toList();
	}

	private static boolean isDecided(Edge claim, Map<UUID, Pointer> stored) {
		Pointer owned = stored.get(claim.hash());
		Pointer owner = stored.get(claim.by());
		if (owned == null || owner == null || !owned.direct()) {
			return false;
		}
		return owner.type() == Identifier.Type.EMAIL
				|| (owned.profile() != null && owned.profile().equals(owner.profile()));
	}

	private static boolean exists(UUID user, Map<UUID, Pointer> stored, Set<UUID> fresh) {
		return stored.containsKey(user) || fresh.contains(user);
	}

	private static boolean samePerson(Edge alias, Map<UUID, Pointer> stored) {
		Pointer one = stored.get(alias.hash());
		Pointer other = stored.get(alias.by());
		return one != null && other != null && one.profile() != null && one.profile().equals(other.profile());
	}

	private static Set<UUID> otherEnds(Set<Edge> aliases, Map<UUID, Pointer> stored, Set<UUID> fresh) {
		Set<UUID> ends = new HashSet<>();
		aliases.forEach((alias) -> ends.addAll(List.of(alias.hash(), alias.by())));
		ends.removeAll(stored.keySet());
		ends.removeAll(fresh);
		return ends;
	}

	/**
	 * What came of it.
	 *
	 * @param subjects the profile of each sighting
	 * @param newUsers hashes of user ids that were seen for the first time
	 */
	record Stitched(Mentions mentions, List<UUID> subjects, Set<UUID> newUsers) {
	}

}
