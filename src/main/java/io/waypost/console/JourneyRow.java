package io.waypost.console;

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
record JourneyRow(String key, String name, String version, long running, List<Place> places) {

	/** An element and how many are there. */
	record Place(String id, String name, long count, long max) {

	}

}
