package io.waypost.console.journeys;

/**
 * A process picture with marks on it.
 *
 * @param name heading
 * @param note version
 * @param words what it shows, for who cannot see it
 * @param href where its BPMN is
 * @param taken ids of elements passed, separated by commas
 * @param here ids of elements where it stands now, separated by commas
 * @param counts {@code id:count} pairs, separated by commas
 */
public record ProcessDiagram(String name, String note, String words, String href, String taken, String here,
		String counts) {

}
