package io.waypost.identity.resolution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import io.waypost.identity.Identifier;
import io.waypost.identity.ProfilesMerged;
import io.waypost.identity.vault.VaultFieldRepository;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Merges profiles: stores the result of a {@link ProfileAssignment} and publishes the
 * merges.
 */
@Component
class ProfileMerger {

	private final IdentifierRepository identifiers;

	private final IdentityEdgeRepository edges;

	private final ProfileRepository profiles;

	private final VaultFieldRepository vaultFields;

	private final ProfileAttributeRepository attributes;

	private final ApplicationEventPublisher events;

	ProfileMerger(IdentifierRepository identifiers, IdentityEdgeRepository edges, ProfileRepository profiles,
			VaultFieldRepository vaultFields, ProfileAttributeRepository attributes, ApplicationEventPublisher events) {
		this.identifiers = identifiers;
		this.edges = edges;
		this.profiles = profiles;
		this.vaultFields = vaultFields;
		this.attributes = attributes;
		this.events = events;
	}

	void write(TenantId tenant, IdentifierBatch batch, IdentitySubgraph graph, ProfileAssignment assignment,
			Set<UUID> newUsers) {
		Set<UUID> known = assignment.newlyIdentified();
		List<UUID> created = assignment.created();
		if (!created.isEmpty()) {
			this.profiles.insert(tenant, created, known);
		}
		add(tenant, batch, graph, assignment, newUsers);
		Set<UUID> changed = move(tenant, graph, assignment, newUsers);
		changed.addAll(absorb(tenant, batch, graph, assignment));
		known.removeAll(created);
		changed.addAll(known);
		if (!changed.isEmpty()) {
			this.profiles.incrementVersion(tenant, changed, known);
		}
		if (!graph.newClaims().isEmpty()) {
			this.edges.recordClaims(tenant, graph.newClaims());
		}
	}

	private void add(TenantId tenant, IdentifierBatch batch, IdentitySubgraph graph, ProfileAssignment assignment,
			Set<UUID> newUsers) {
		List<IdentifierRepository.Row> rows = batch.observed()
			.values()
			.stream()
			.filter((key) -> !graph.mappings().containsKey(key.hash()))
			.map((key) -> row(key.hash(), key.type(), graph, assignment, newUsers))
			.toList();
		if (!rows.isEmpty()) {
			this.identifiers.insert(tenant, rows);
		}
	}

	/** Reassigns stored identifiers, except those of absorbed profiles. */
	private Set<UUID> move(TenantId tenant, IdentitySubgraph graph, ProfileAssignment assignment, Set<UUID> newUsers) {
		List<IdentifierRepository.Reassignment> moves = new ArrayList<>();
		graph.mappings().forEach((hash, mapping) -> {
			IdentifierRepository.Row row = row(hash, mapping.type(), graph, assignment, newUsers);
			if (!Objects.equals(assignment.assignedProfile(hash), mapping.profile())
					|| row.claimedByUserId() != mapping.claimedByUserId()) {
				moves.add(new IdentifierRepository.Reassignment(row, mapping.profile()));
			}
		});
		if (!moves.isEmpty()) {
			this.identifiers.reassign(tenant, moves);
		}
		Set<UUID> changed = new HashSet<>();
		moves.stream().map(IdentifierRepository.Reassignment::from).filter(Objects::nonNull).forEach(changed::add);
		return changed;
	}

	private List<UUID> absorb(TenantId tenant, IdentifierBatch batch, IdentitySubgraph graph,
			ProfileAssignment assignment) {
		List<UUID> absorbed = assignment.absorbed();
		if (absorbed.isEmpty()) {
			return absorbed;
		}
		List<UUID> survivors = absorbed.stream().map(assignment::survivor).toList();
		this.identifiers.moveToSurvivors(tenant, absorbed, survivors);
		this.profiles.recordMerges(tenant, absorbed, survivors, messageIds(batch, graph, absorbed));
		this.vaultFields.moveToSurvivors(tenant, absorbed, survivors);
		Map<UUID, UUID> survivorOf = new LinkedHashMap<>();
		List<ProfilesMerged.Merge> merges = new ArrayList<>();
		IntStream.range(0, absorbed.size()).forEach((i) -> {
			survivorOf.put(absorbed.get(i), survivors.get(i));
			merges.add(new ProfilesMerged.Merge(new ProfileId(survivors.get(i)), new ProfileId(absorbed.get(i))));
		});
		this.attributes.moveToSurvivors(tenant, survivorOf);
		this.events.publishEvent(new ProfilesMerged(tenant, List.copyOf(merges)));
		return survivors;
	}

	/**
	 * Returns the message that caused each merge: the first one with an identifier of the
	 * absorbed profile.
	 */
	private static List<String> messageIds(IdentifierBatch batch, IdentitySubgraph graph, List<UUID> absorbed) {
		Map<UUID, String> messageIds = new LinkedHashMap<>();
		for (IdentifierBatch.ObservedIdentifiers identifiers : batch.entries()) {
			for (HashedIdentifier key : identifiers.identifiers()) {
				IdentifierMapping mapping = graph.mappings().get(key.hash());
				if (mapping != null && mapping.profile() != null) {
					messageIds.putIfAbsent(mapping.profile(), identifiers.observation().messageId());
				}
			}
		}
		String first = batch.entries().getFirst().observation().messageId();
		return absorbed.stream().map((profile) -> messageIds.getOrDefault(profile, first)).toList();
	}

	private static IdentifierRepository.Row row(UUID hash, Identifier.Type type, IdentitySubgraph graph,
			ProfileAssignment assignment, Set<UUID> newUsers) {
		UUID profile = assignment.assignedProfile(hash);
		return new IdentifierRepository.Row(hash, type, (profile != null) ? assignment.survivor(profile) : null,
				graph.isClaimedByUserId(hash, newUsers));
	}

}
