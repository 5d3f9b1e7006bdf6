package io.waypost.identity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Stores what a {@link Partition} decided, and tells the other rooms who was merged. */
@Component
class PartitionWriter {

	private final Identifiers identifiers;

	private final Edges edges;

	private final ProfileRows profiles;

	private final VaultFields vault;

	private final Attributes attributes;

	private final ApplicationEventPublisher events;

	PartitionWriter(Identifiers identifiers, Edges edges, ProfileRows profiles, VaultFields vault,
			Attributes attributes, ApplicationEventPublisher events) {
		this.identifiers = identifiers;
		this.edges = edges;
		this.profiles = profiles;
		this.vault = vault;
		this.attributes = attributes;
		this.events = events;
	}

	void write(TenantId tenant, Mentions mentions, Neighbourhood around, Partition partition, Set<UUID> newUsers) {
		Set<UUID> known = partition.newlyKnown();
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
			this.profiles.change(tenant, changed, known);
		}
		if (!around.newClaims().isEmpty()) {
			this.edges.recordClaims(tenant, around.newClaims());
		}
	}

	private void add(TenantId tenant, Mentions mentions, Neighbourhood around, Partition partition,
			Set<UUID> newUsers) {
		List<Identifiers.Row> rows = mentions.sighted()
			.values()
			.stream()
			.filter((key) -> !around.pointers().containsKey(key.hash()))
			.map((key) -> row(key.hash(), key.type(), around, partition, newUsers))
			.toList();
		if (!rows.isEmpty()) {
			this.identifiers.insert(tenant, rows);
		}
	}

	/** Points stored identifiers elsewhere; absorbed profiles are another matter. */
	private Set<UUID> move(TenantId tenant, Neighbourhood around, Partition partition, Set<UUID> newUsers) {
		List<Identifiers.Row> rows = new ArrayList<>();
		List<@Nullable UUID> from = new ArrayList<>();
		around.pointers().forEach((hash, pointer) -> {
			Identifiers.Row row = row(hash, pointer.type(), around, partition, newUsers);
			if (!Objects.equals(partition.pointer(hash), pointer.profile()) || row.direct() != pointer.direct()) {
				rows.add(row);
				from.add(pointer.profile());
			}
		});
		if (!rows.isEmpty()) {
			this.identifiers.move(tenant, rows, from);
		}
		Set<UUID> changed = new HashSet<>();
		from.stream().filter(Objects::nonNull).forEach(changed::add);
		return changed;
	}

	private List<UUID> absorb(TenantId tenant, Mentions mentions, Neighbourhood around, Partition partition) {
		List<UUID> absorbed = partition.absorbed();
		if (absorbed.isEmpty()) {
			return absorbed;
		}
		List<UUID> survivors = absorbed.stream().map(partition::survivor).toList();
		this.identifiers.follow(tenant, absorbed, survivors);
		this.profiles.absorb(tenant, absorbed, survivors, causes(mentions, around, absorbed));
		this.vault.follow(tenant, absorbed, survivors);
		Map<UUID, UUID> survivorOf = new LinkedHashMap<>();
		List<ProfilesMerged.Merge> merges = new ArrayList<>();
		IntStream.range(0, absorbed.size()).forEach((i) -> {
			survivorOf.put(absorbed.get(i), survivors.get(i));
			merges.add(new ProfilesMerged.Merge(new ProfileId(survivors.get(i)), new ProfileId(absorbed.get(i))));
		});
		this.attributes.follow(tenant, survivorOf);
		this.events.publishEvent(new ProfilesMerged(tenant, List.copyOf(merges)));
		return survivors;
	}

	/**
	 * The message that brought each merge about: the first that names who was absorbed.
	 */
	private static List<String> causes(Mentions mentions, Neighbourhood around, List<UUID> absorbed) {
		Map<UUID, String> causes = new LinkedHashMap<>();
		for (Mentions.Mention mention : mentions.list()) {
			for (Key key : mention.keys()) {
				Pointer pointer = around.pointers().get(key.hash());
				if (pointer != null && pointer.profile() != null) {
					causes.putIfAbsent(pointer.profile(), mention.sighting().cause());
				}
			}
		}
		String first = mentions.list().getFirst().sighting().cause();
		return absorbed.stream().map((profile) -> causes.getOrDefault(profile, first)).toList();
	}

	private static Identifiers.Row row(UUID hash, Identifier.Type type, Neighbourhood around, Partition partition,
			Set<UUID> newUsers) {
		UUID profile = partition.pointer(hash);
		return new Identifiers.Row(hash, type, (profile != null) ? partition.survivor(profile) : null,
				around.isDirect(hash, newUsers));
	}

}
