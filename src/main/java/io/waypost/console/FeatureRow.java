package io.waypost.console;

/**
 * A feature for people.
 *
 * @param name in words
 * @param value in words, or a time
 * @param view view and version
 * @param age how old the newest event is that it rests on
 */
public record FeatureRow(String name, LabelledValue value, String view, String age) {

}
