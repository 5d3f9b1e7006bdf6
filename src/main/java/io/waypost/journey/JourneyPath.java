package io.waypost.journey;

import java.util.List;

/**
 * The path of a run through one of its diagrams.
 *
 * @param definitionId id of the diagram, see {@link Journeys#diagram}
 * @param key process key of the diagram
 * @param activities ids of the elements passed, in order, with repetitions
 * @param active ids of the elements where the run is now
 */
public record JourneyPath(String definitionId, String key, List<String> activities, List<String> active) {

	public JourneyPath {
		activities = List.copyOf(activities);
		active = List.copyOf(active);
	}

}
