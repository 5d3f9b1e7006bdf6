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
 * Finds the profile of each observation in a batch and merges profiles that are one
 * person. Every transaction takes its locks in the same order: user ids that are new or
 * aliased, profiles, then devices and mailboxes. Batches that only add identifiers share
 * the profile locks; batches that reassign stored identifiers take them exclusively. A
 * change between reading and locking shows in a profile's version and ends in
 * {@link StaleIdentityException}.
 */
@Component
public class IdentityResolver {

	private final Keyring keyring;

	private final IdGenerator ids;

	private final IdentifierRepository identifiers;

	private final IdentityEdgeRepository edges;

	private final ProfileRepository profiles;

	private final ProfileMerger writer;

	IdentityResolver(Keyring keyring, IdGenerator ids, IdentifierRepository identifiers, IdentityEdgeRepository edges,
			ProfileRepository profiles, ProfileMerger writer) {
		this.keyring = keyring;
		this.ids = ids;
		this.identifiers = identifiers;
		this.edges = edges;
		this.profiles = profiles;
		this.writer = writer;
	}

	/** Returns the profile of each observation, in order. */
	public Resolution resolve(TenantId tenant, List<IdentityObservation> observations) {
		IdentifierBatch batch = IdentifierBatch.of(this.keyring, tenant, observations);
		Map<UUID, IdentifierMapping> stored = this.identifiers.find(tenant, batch.hashes());
		Set<IdentityEdge> aliases = aliases(tenant, batch, stored);
		IdentitySubgraph graph = IdentitySubgraph.of(stored, aliases, newClaims(tenant, batch, stored));
		boolean exclusive = graph.movesIdentifiers();
		lock(tenant, stored.values(), exclusive);
		if (exclusive) {
			loadAffected(tenant, batch, graph);
		}
		return decide(tenant, batch, graph);
	}

	private Resolution decide(TenantId tenant, IdentifierBatch batch, IdentitySubgraph graph) {
		List<HashedIdentifier> users = newUsers(batch, graph.mappings());
		for (HashedIdentifier key : batch.observed().values()) {
			if (!key.isUser() && !graph.mappings().containsKey(key.hash())) {
				graph.touched().put(key.hash(), key);
			}
		}
		graph.claims().addAll(graph.newClaims());
		ProfileAssignment assignment = new ProfileAssignment(this.ids, graph.mappings());
		assignment.addUsers(users);
		graph.aliases().forEach(assignment::joinAlias);
		assignment.assignOwners(graph.touched().values(), graph.claims(), graph::isOnlyIdentifierOf);
		List<UUID> subjects = batch.entries()
			.stream()
			.map((identifiers) -> assignment.subject(identifiers.subject()))
			.toList();
		Set<UUID> newUsers = users.stream().map(HashedIdentifier::hash).collect(Collectors.toSet());
		this.writer.write(tenant, batch, graph, assignment, newUsers);
		return new Resolution(batch, subjects.stream().map(assignment::survivor).toList(), newUsers);
	}

	/**
	 * Returns pairs of user ids that become one person now. An alias takes effect when
	 * both its ends have been seen as user ids, so a new user id can activate an alias
	 * that was stored earlier.
	 */
	private Set<IdentityEdge> aliases(TenantId tenant, IdentifierBatch batch, Map<UUID, IdentifierMapping> stored) {
		Set<UUID> users = new HashSet<>();
		newUsers(batch, stored).forEach((key) -> users.add(key.hash()));
		batch.aliases().forEach((alias) -> users.addAll(List.of(alias.hash(), alias.otherHash())));
		if (users.isEmpty()) {
			return Set.of();
		}
		this.edges.lockUserIds(tenant, users);
		stored.putAll(this.identifiers.find(tenant, users));
		Set<UUID> newUserIds = newUsers(batch, stored).stream().map(HashedIdentifier::hash).collect(Collectors.toSet());
		Set<IdentityEdge> aliases = new LinkedHashSet<>(batch.aliases());
		if (!batch.aliases().isEmpty()) {
			this.edges.recordAliases(tenant, batch.aliases());
		}
		if (!newUserIds.isEmpty()) {
			aliases.addAll(this.edges.aliasesOf(tenant, newUserIds));
			stored.putAll(this.identifiers.find(tenant, otherEnds(aliases, stored, newUserIds)));
		}
		aliases.removeIf((alias) -> !exists(alias.hash(), stored, newUserIds)
				|| !exists(alias.otherHash(), stored, newUserIds) || samePerson(alias, stored));
		return aliases;
	}

	/**
	 * Returns claims that are not stored yet, without those that an earlier claim by a
	 * user id has already decided.
	 */
	private Set<IdentityEdge> newClaims(TenantId tenant, IdentifierBatch batch, Map<UUID, IdentifierMapping> stored) {
		Set<IdentityEdge> claims = new LinkedHashSet<>(batch.claims());
		claims.removeIf((claim) -> isDecided(claim, stored));
		List<IdentityEdge> maybeRecorded = claims.stream()
			.filter((claim) -> stored.containsKey(claim.hash()) && stored.containsKey(claim.otherHash()))
			.toList();
		if (!maybeRecorded.isEmpty()) {
			claims.removeAll(this.edges.findRecorded(tenant, maybeRecorded));
		}
		return claims;
	}

	/** Loads and locks all identifiers that the new claims and aliases may reassign. */
	private void loadAffected(TenantId tenant, IdentifierBatch batch, IdentitySubgraph graph) {
		Set<UUID> hashes = graph.newlyClaimed();
		Set<UUID> joining = graph.profilesJoinedByAlias();
		if (!joining.isEmpty()) {
			this.edges.claimsByProfiles(tenant, joining).forEach((claim) -> hashes.add(claim.hash()));
		}
		// Devices follow the mailbox that was typed on them
		this.edges.claimsBy(tenant, List.copyOf(hashes)).forEach((claim) -> hashes.add(claim.hash()));
		Map<UUID, IdentifierMapping> locked = this.identifiers.lock(tenant, hashes);
		locked.forEach((hash, mapping) -> graph.touched().put(hash, new HashedIdentifier(hash, mapping.type())));
		graph.mappings().putAll(locked);
		Set<IdentityEdge> claims = this.edges.claimsOn(tenant, hashes);
		graph.claims().addAll(claims);
		Set<UUID> claimants = claims.stream().map(IdentityEdge::otherHash).collect(Collectors.toSet());
		claimants.removeAll(graph.mappings().keySet());
		Map<UUID, IdentifierMapping> owners = this.identifiers.find(tenant, claimants);
		if (!Collections.disjoint(owners.keySet(), batch.hashes())) {
			// Another transaction stored it after the first read: claims on it would
			// count
			// neither as claims on a stored nor on a new identifier
			throw new StaleIdentityException("An identifier");
		}
		graph.mappings().putAll(owners);
		lock(tenant, locked.values(), true);
		graph.sizes().putAll(this.identifiers.countByProfile(tenant, IdentifierRepository.profiles(locked.values())));
	}

	private void lock(TenantId tenant, Collection<IdentifierMapping> mappings, boolean exclusive) {
		Map<UUID, Integer> versions = this.profiles.lock(tenant, IdentifierRepository.profiles(mappings), exclusive);
		for (IdentifierMapping mapping : mappings) {
			if (mapping.profile() != null
					&& !Integer.valueOf(mapping.version()).equals(versions.get(mapping.profile()))) {
				throw new StaleIdentityException("A profile");
			}
		}
	}

	private static List<HashedIdentifier> newUsers(IdentifierBatch batch, Map<UUID, IdentifierMapping> stored) {
		return batch.observed()
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

	private static boolean exists(UUID user, Map<UUID, IdentifierMapping> stored, Set<UUID> newUserIds) {
		return stored.containsKey(user) || newUserIds.contains(user);
	}

	private static boolean samePerson(IdentityEdge alias, Map<UUID, IdentifierMapping> stored) {
		IdentifierMapping one = stored.get(alias.hash());
		IdentifierMapping other = stored.get(alias.otherHash());
		return one != null && other != null && one.profile() != null && one.profile().equals(other.profile());
	}

	private static Set<UUID> otherEnds(Set<IdentityEdge> aliases, Map<UUID, IdentifierMapping> stored,
			Set<UUID> newUserIds) {
		Set<UUID> ends = new HashSet<>();
		aliases.forEach((alias) -> ends.addAll(List.of(alias.hash(), alias.otherHash())));
		ends.removeAll(stored.keySet());
		ends.removeAll(newUserIds);
		return ends;
	}

	/**
	 * The result for one batch.
	 *
	 * @param identifiers the identifiers of the batch
	 * @param subjects the profile of each observation
	 * @param newUsers hashes of user ids that were seen for the first time
	 */
	public record Resolution(IdentifierBatch identifiers, List<UUID> subjects, Set<UUID> newUsers) {
	}

}
