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
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Stores what a {@link ProfileAssignment} decided, and tells the other rooms who was
 * merged.
 */
@Component
public class ProfileAssignmentWriter {

	private final IdentifierRepository identifiers;

	private final IdentityEdgeRepository edges;

	private final ProfileRepository profiles;

	private final VaultFieldRepository vault;

	private final ProfileAttributeRepository attributes;

	private final ApplicationEventPublisher events;

	public ProfileAssignmentWriter(IdentifierRepository identifiers, IdentityEdgeRepository edges,
			ProfileRepository profiles, VaultFieldRepository vault, ProfileAttributeRepository attributes,
			ApplicationEventPublisher events) {
		this.identifiers = identifiers;
		this.edges = edges;
		this.profiles = profiles;
		this.vault = vault;
		this.attributes = attributes;
		this.events = events;
	}

	void write(TenantId tenant, IdentifierBatch mentions, IdentitySubgraph around, ProfileAssignment partition,
			Set<UUID> newUsers) {
		Set<UUID> known = partition.newlyIdentified();
		List<UUID> created = partition.created();
		if (!created.isEmpty()) {
			this.profiles.insert(tenant, created, known);
		}
		add(tenant, mentions, around, partition, newUsers);
		Set<UUID> changed = move(tenant, around, partition, newUsers);
		changed.addAll(absorb(tenant, mentions, around, partition));
		known.removeAll(created);
		changed.addAll(known);
		if (!changed.isEmpty()) {
			this.profiles.incrementVersion(tenant, changed, known);
		}
		if (!around.newClaims().isEmpty()) {
			this.edges.recordClaims(tenant, around.newClaims());
		}
	}

	private void add(TenantId tenant, IdentifierBatch mentions, IdentitySubgraph around, ProfileAssignment partition,
			Set<UUID> newUsers) {
		List<IdentifierRepository.Row> rows = mentions.observed()
			.values()
			.stream()
			.filter((key) -> !around.mappings().containsKey(key.hash()))
			.map((key) -> row(key.hash(), key.type(), around, partition, newUsers))
			.toList();
		if (!rows.isEmpty()) {
			this.identifiers.insert(tenant, rows);
		}
	}

	/** Points stored identifiers elsewhere; absorbed profiles are another matter. */
	private Set<UUID> move(TenantId tenant, IdentitySubgraph around, ProfileAssignment partition, Set<UUID> newUsers) {
		List<IdentifierRepository.Row> rows = new ArrayList<>();
		List<@Nullable UUID> from = new ArrayList<>();
		around.mappings().forEach((hash, pointer) -> {
			IdentifierRepository.Row row = row(hash, pointer.type(), around, partition, newUsers);
			if (!Objects.equals(partition.assignedProfile(hash), pointer.profile())
					|| row.claimedByUserId() != pointer.claimedByUserId()) {
				rows.add(row);
				from.add(pointer.profile());
			}
		});
		if (!rows.isEmpty()) {
			this.identifiers.reassign(tenant, rows, from);
		}
		Set<UUID> changed = new HashSet<>();
		from.stream().filter(Objects::nonNull).forEach(changed::add);
		return changed;
	}

	private List<UUID> absorb(TenantId tenant, IdentifierBatch mentions, IdentitySubgraph around,
			ProfileAssignment partition) {
		List<UUID> absorbed = partition.absorbed();
		if (absorbed.isEmpty()) {
			return absorbed;
		}
		List<UUID> survivors = absorbed.stream().map(partition::survivor).toList();
		this.identifiers.moveToSurvivors(tenant, absorbed, survivors);
		this.profiles.recordMerges(tenant, absorbed, survivors, causes(mentions, around, absorbed));
		this.vault.moveToSurvivors(tenant, absorbed, survivors);
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
	 * The message that brought each merge about: the first that names who was absorbed.
	 */
	private static List<String> causes(IdentifierBatch mentions, IdentitySubgraph around, List<UUID> absorbed) {
		Map<UUID, String> causes = new LinkedHashMap<>();
		for (IdentifierBatch.ObservedIdentifiers mention : mentions.entries()) {
			for (HashedIdentifier key : mention.identifiers()) {
				IdentifierMapping pointer = around.mappings().get(key.hash());
				if (pointer != null && pointer.profile() != null) {
					causes.putIfAbsent(pointer.profile(), mention.observation().messageId());
				}
			}
		}
		String first = mentions.entries().getFirst().observation().messageId();
		return absorbed.stream().map((profile) -> causes.getOrDefault(profile, first)).toList();
	}

	private static IdentifierRepository.Row row(UUID hash, Identifier.Type type, IdentitySubgraph around,
			ProfileAssignment partition, Set<UUID> newUsers) {
		UUID profile = partition.assignedProfile(hash);
		return new IdentifierRepository.Row(hash, type, (profile != null) ? partition.survivor(profile) : null,
				around.isDirect(hash, newUsers));
	}

}
