package io.waypost.consent;

/**
 * A subscription topic, for which a person can opt in.
 *
 * @param key the key that consents and journeys use, for example {@code marketing}
 * @param name label in the preference centre
 * @param description description of the messages
 * @param transactional whether these are service messages, which need no opt-in
 */
public record Topic(String key, String name, String description, boolean transactional) {

}
