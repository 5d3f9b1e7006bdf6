package io.waypost.agent.archetype;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the content of a campaign by archetype and variant. */
public final class ArchetypeContentIndex {

	private final Map<ArchetypeKey, Map<String, ReviewedContent>> byCell = new HashMap<>();

	/** Archetype by key; a thousand recipients have a few dozen keys. */
	private final Map<ArchetypeKey, Optional<ArchetypeKey>> cells = new HashMap<>();

	public ArchetypeContentIndex(List<ReviewedContent> contents) {
		for (ReviewedContent content : contents) {
			this.byCell.computeIfAbsent(ArchetypeKey.parse(content.archetype()), (cell) -> new HashMap<>())
				.put(content.variant(), content);
		}
	}

	/** Returns the content for a recipient. */
	public ReviewedContent require(ArchetypeKey key, String variant) {
		ArchetypeKey cell = this.cells
			.computeIfAbsent(key, (own) -> ArchetypePartitioner.assign(own, this.byCell.keySet()))
			.orElseThrow(() -> new IllegalArgumentException("The campaign has no content"));
		ReviewedContent content = this.byCell.getOrDefault(cell, Map.of()).get(variant);
		if (content == null) {
			throw new IllegalArgumentException("Archetype '%s' has no content for variant '%s'; it has %s"
				.formatted(cell, variant, this.byCell.getOrDefault(cell, Map.of()).keySet()));
		}
		return content;
	}

}
