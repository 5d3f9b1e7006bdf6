package io.waypost.identity.resolution;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.waypost.identity.Identifier;
import io.waypost.identity.IdentityObservation;
import io.waypost.identity.vault.Keyring;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Finds out whom a batch of sightings is about, joining what turns out to be one person.
 * Locks are taken in one order by everyone: user ids seen first, profiles, then devices
 * and mailboxes. Batches that only add share the profile locks; batches that point stored
 * identifiers elsewhere hold them alone. What changed between looking and locking shows
 * in a profile's version and ends in {@link StaleIdentityException}.
 */
@Component
public class IdentityResolver {

	private final Keyring keyring;

	private final IdGenerator ids;

	private final IdentifierRepository identifiers;

	private final IdentityEdgeRepository edges;

	private final ProfileRepository profiles;

	private final ProfileAssignmentWriter writer;

	public IdentityResolver(Keyring keyring, IdGenerator ids, IdentifierRepository identifiers,
			IdentityEdgeRepository edges, ProfileRepository profiles, ProfileAssignmentWriter writer) {
		this.keyring = keyring;
		this.ids = ids;
		this.identifiers = identifiers;
		this.edges = edges;
		this.profiles = profiles;
		this.writer = writer;
	}

	/** The profile of each sighting, in order. */
	public Resolution resolve(TenantId tenant, List<IdentityObservation> sightings) {
		IdentifierBatch mentions = IdentifierBatch.of(this.keyring, tenant, sightings);
		Map<UUID, IdentifierMapping> stored = this.identifiers.find(tenant, mentions.hashes());
		Set<IdentityEdge> aliases = aliases(tenant, mentions, stored);
		IdentitySubgraph around = IdentitySubgraph.of(stored, aliases, newClaims(tenant, mentions, stored));
		boolean exclusive = around.movesIdentifiers();
		lock(tenant, stored.values(), exclusive);
		if (exclusive) {
			explore(tenant, mentions, around);
		}
		return decide(tenant, mentions, around);
	}

	private Resolution decide(TenantId tenant, IdentifierBatch mentions, IdentitySubgraph around) {
		List<HashedIdentifier> users = newUsers(mentions, around.mappings());
		for (HashedIdentifier key : mentions.observed().values()) {
			if (!key.isUser() && !around.mappings().containsKey(key.hash())) {
				around.touched().put(key.hash(), key);
			}
		}
		around.claims().addAll(around.newClaims());
		ProfileAssignment partition = new ProfileAssignment(this.ids, around.mappings());
		partition.addUsers(users);
		around.aliases().forEach(partition::joinAlias);
		partition.assignOwners(around.touched().values(), around.claims(), around::isOnlyIdentifierOf);
		List<UUID> subjects = mentions.entries()
			.stream()
			.map((mention) -> partition.subject(mention.subject()))
			.toList();
		Set<UUID> newUsers = users.stream().map(HashedIdentifier::hash).collect(Collectors.toSet());
		this.writer.write(tenant, mentions, around, partition, newUsers);
		return new Resolution(mentions, subjects.stream().map(partition::survivor).toList(), newUsers);
	}

	/**
	 * Pairs of user ids that become one person now. An alias counts once both its ends
	 * were seen as user ids, so a new user id may wake up an alias of last week.
	 */
	private Set<IdentityEdge> aliases(TenantId tenant, IdentifierBatch mentions, Map<UUID, IdentifierMapping> stored) {
		Set<UUID> users = new HashSet<>();
		newUsers(mentions, stored).forEach((key) -> users.add(key.hash()));
		mentions.aliases().forEach((alias) -> users.addAll(List.of(alias.hash(), alias.otherHash())));
		if (users.isEmpty()) {
			return Set.of();
		}
		this.edges.lockUserIds(tenant, users);
		stored.putAll(this.identifiers.find(tenant, users));
		Set<UUID> fresh = newUsers(mentions, stored).stream().map(HashedIdentifier::hash).collect(Collectors.toSet());
		Set<IdentityEdge> aliases = new LinkedHashSet<>(mentions.aliases());
		if (!mentions.aliases().isEmpty()) {
			this.edges.recordAliases(tenant, mentions.aliases());
		}
		if (!fresh.isEmpty()) {
			aliases.addAll(this.edges.aliasesOf(tenant, fresh));
			stored.putAll(this.identifiers.find(tenant, otherEnds(aliases, stored, fresh)));
		}
		aliases.removeIf((alias) -> !exists(alias.hash(), stored, fresh) || !exists(alias.otherHash(), stored, fresh)
				|| samePerson(alias, stored));
		return aliases;
	}

	/** Claims that are news; what a user id's own claim already decided is none. */
	private Set<IdentityEdge> newClaims(TenantId tenant, IdentifierBatch mentions,
			Map<UUID, IdentifierMapping> stored) {
		Set<IdentityEdge> claims = new LinkedHashSet<>(mentions.claims());
		claims.removeIf((claim) -> isDecided(claim, stored));
		List<IdentityEdge> maybeRecorded = claims.stream()
			.filter((claim) -> stored.containsKey(claim.hash()) && stored.containsKey(claim.otherHash()))
			.toList();
		if (!maybeRecorded.isEmpty()) {
			claims.removeAll(this.edges.findRecorded(tenant, maybeRecorded));
		}
		return claims;
	}

	/** Loads and locks whatever the news may move. */
	private void explore(TenantId tenant, IdentifierBatch mentions, IdentitySubgraph around) {
		Set<UUID> hashes = around.newlyClaimed();
		Set<UUID> joining = around.profilesJoinedByAlias();
		if (!joining.isEmpty()) {
			this.edges.claimsByProfiles(tenant, joining).forEach((claim) -> hashes.add(claim.hash()));
		}
		// Devices follow the mailbox that was typed on them
		this.edges.claimsBy(tenant, List.copyOf(hashes)).forEach((claim) -> hashes.add(claim.hash()));
		Map<UUID, IdentifierMapping> locked = this.identifiers.lock(tenant, hashes);
		locked.forEach((hash, pointer) -> around.touched().put(hash, new HashedIdentifier(hash, pointer.type())));
		around.mappings().putAll(locked);
		Set<IdentityEdge> claims = this.edges.claimsOn(tenant, hashes);
		around.claims().addAll(claims);
		Set<UUID> claimants = claims.stream().map(IdentityEdge::otherHash).collect(Collectors.toSet());
		claimants.removeAll(around.mappings().keySet());
		Map<UUID, IdentifierMapping> owners = this.identifiers.find(tenant, claimants);
		if (!Collections.disjoint(owners.keySet(), mentions.hashes())) {
			// Somebody else stored it since we looked: our claims on it would be
			// taken neither for those on a stored nor for those on a new one
			throw new StaleIdentityException("An identifier");
		}
		around.mappings().putAll(owners);
		lock(tenant, locked.values(), true);
		around.sizes().putAll(this.identifiers.countByProfile(tenant, IdentifierRepository.profiles(locked.values())));
	}

	private void lock(TenantId tenant, Collection<IdentifierMapping> pointers, boolean exclusive) {
		Map<UUID, Integer> versions = this.profiles.lock(tenant, IdentifierRepository.profiles(pointers), exclusive);
		for (IdentifierMapping pointer : pointers) {
			if (pointer.profile() != null
					&& !Integer.valueOf(pointer.version()).equals(versions.get(pointer.profile()))) {
				throw new StaleIdentityException("A profile");
			}
		}
	}

	private static List<HashedIdentifier> newUsers(IdentifierBatch mentions, Map<UUID, IdentifierMapping> stored) {
		return mentions.observed()
			.values()
			.stream()
			.filter((key) -> key.isUser() && !stored.containsKey(key.hash()))
			.toList();
	}

	private static boolean isDecided(IdentityEdge claim, Map<UUID, IdentifierMapping> stored) {
		IdentifierMapping owned = stored.get(claim.hash());
		IdentifierMapping owner = stored.get(claim.otherHash());
		if (owned == null || owner == null || !owned.claimedByUserId()) {
			return false;
		}
		return owner.type() == Identifier.Type.EMAIL
				|| (owned.profile() != null && owned.profile().equals(owner.profile()));
	}

	private static boolean exists(UUID user, Map<UUID, IdentifierMapping> stored, Set<UUID> fresh) {
		return stored.containsKey(user) || fresh.contains(user);
	}

	private static boolean samePerson(IdentityEdge alias, Map<UUID, IdentifierMapping> stored) {
		IdentifierMapping one = stored.get(alias.hash());
		IdentifierMapping other = stored.get(alias.otherHash());
		return one != null && other != null && one.profile() != null && one.profile().equals(other.profile());
	}

	private static Set<UUID> otherEnds(Set<IdentityEdge> aliases, Map<UUID, IdentifierMapping> stored,
			Set<UUID> fresh) {
		Set<UUID> ends = new HashSet<>();
		aliases.forEach((alias) -> ends.addAll(List.of(alias.hash(), alias.otherHash())));
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
	public record Resolution(IdentifierBatch identifiers, List<UUID> subjects, Set<UUID> newUsers) {
	}

}
