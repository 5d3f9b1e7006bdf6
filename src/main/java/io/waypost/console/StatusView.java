package io.waypost.console;

/**
 * A send's state for people.
 *
 * @param code as in URLs
 * @param name one or two words
 * @param tone {@code good}, {@code wait}, {@code held}, {@code bad} or {@code busy}
 * @param meaning one sentence
 */
public record StatusView(String code, String name, String tone, String meaning) {

}
