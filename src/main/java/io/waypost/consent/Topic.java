package io.waypost.consent;

/**
 * What a person can opt into.
 *
 * @param key how consents and journeys refer to it, for example {@code marketing}
 * @param name as the preference centre shows it
 * @param description what a person gets
 * @param transactional whether it is service mail, which needs no opt-in
 */
public record Topic(String key, String name, String description, boolean transactional) {

}
