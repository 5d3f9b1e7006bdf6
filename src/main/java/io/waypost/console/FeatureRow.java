package io.waypost.console;

/**
 * A feature in a table.
 *
 * @param name label
 * @param value value
 * @param view feature view with version
 * @param age age of the newest event that it uses
 */
public record FeatureRow(String name, LabelledValue value, String view, String age) {

}
