package io.waypost.console;

/**
 * A row of a bar chart that begins at zero.
 *
 * @param name label
 * @param count length of the bar
 * @param max length of the longest bar
 */
public record CountBar(String name, long count, long max) {

}
