package io.waypost.console.journeys;

/**
 * A BPMN diagram with marked elements.
 *
 * @param name title
 * @param note version
 * @param description text alternative
 * @param href address of the BPMN model
 * @param passed ids of passed elements, separated by commas
 * @param current ids of the current elements, separated by commas
 * @param counts {@code id:count} pairs, separated by commas
 */
public record ProcessDiagram(String name, String note, String description, String href, String passed, String current,
		String counts) {

}
