package io.waypost.agent.archetype;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the content of a campaign by archetype and variant. */
public final class ArchetypeContentIndex {

	private final Map<ArchetypeKey, Map<String, ReviewedContent>> byArchetype = new HashMap<>();

	/** Archetype by key; a thousand recipients have a few dozen keys. */
	private final Map<ArchetypeKey, Optional<ArchetypeKey>> archetypes = new HashMap<>();

	public ArchetypeContentIndex(List<ReviewedContent> contents) {
		for (ReviewedContent content : contents) {
			this.byArchetype.computeIfAbsent(ArchetypeKey.parse(content.archetype()), (archetype) -> new HashMap<>())
				.put(content.variant(), content);
		}
	}

	/** Returns the content for a recipient. */
	public ReviewedContent require(ArchetypeKey key, String variant) {
		ArchetypeKey archetype = this.archetypes
			.computeIfAbsent(key, (own) -> ArchetypePartitioner.assign(own, this.byArchetype.keySet()))
			.orElseThrow(() -> new IllegalArgumentException("The campaign has no content"));
		ReviewedContent content = this.byArchetype.getOrDefault(archetype, Map.of()).get(variant);
		if (content == null) {
			throw new IllegalArgumentException("Archetype '%s' has no content for variant '%s'; it has %s"
				.formatted(archetype, variant, this.byArchetype.getOrDefault(archetype, Map.of()).keySet()));
		}
		return content;
	}

}
