package io.waypost.agent.archetype;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words of a campaign by archetype and variant. */
public final class ArchetypeContentIndex {

	private final Map<ArchetypeKey, Map<String, ReviewedContent>> byCell = new HashMap<>();

	/** A thousand people have a few dozen keys. */
	private final Map<ArchetypeKey, Optional<ArchetypeKey>> cells = new HashMap<>();

	public ArchetypeContentIndex(List<ReviewedContent> contents) {
		for (ReviewedContent content : contents) {
			this.byCell.computeIfAbsent(ArchetypeKey.parse(content.archetype()), (cell) -> new HashMap<>())
				.put(content.variant(), content);
		}
	}

	/** The words for a person. */
	public ReviewedContent require(ArchetypeKey key, String variant) {
		ArchetypeKey cell = this.cells
			.computeIfAbsent(key, (own) -> ArchetypePartitioner.assign(own, this.byCell.keySet()))
			.orElseThrow(() -> new IllegalArgumentException("The campaign has no words at all"));
		ReviewedContent content = this.byCell.getOrDefault(cell, Map.of()).get(variant);
		if (content == null) {
			throw new IllegalArgumentException("Archetype '%s' has no words for variant '%s'; it has %s".formatted(cell,
					variant, this.byCell.getOrDefault(cell, Map.of()).keySet()));
		}
		return content;
	}

}
