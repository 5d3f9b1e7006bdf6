package io.waypost.console.journeys;

import java.util.List;

/**
 * A journey and where people are in it.
 *
 * @param key process key
 * @param name as the analyst wrote it
 * @param version number and tag
 * @param running runs on their way
 * @param places elements where somebody waits, most first
 */
public record JourneyListItem(String key, String name, String version, long running, List<ElementCount> places) {

	/** An element and how many are there. */
	public record ElementCount(String id, String name, long count, long max) {

	}

}
