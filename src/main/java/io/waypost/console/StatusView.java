package io.waypost.console;

/**
 * A status with its label.
 *
 * @param code code in URLs
 * @param name label
 * @param tone {@code good}, {@code wait}, {@code held}, {@code bad} or {@code busy}
 * @param meaning description, may be empty
 */
public record StatusView(String code, String name, String tone, String meaning) {

}
