package io.waypost.console.journeys;

import java.util.List;

/**
 * A journey with the number of profiles per element.
 *
 * @param key process key
 * @param name name in the BPMN model
 * @param version version number and tag
 * @param running number of running instances
 * @param elements elements with waiting profiles
 */
public record JourneyListItem(String key, String name, String version, long running, List<ElementCount> elements) {

	/** A BPMN element and the number of profiles there. */
	public record ElementCount(String id, String name, long count, long max) {

	}

}
