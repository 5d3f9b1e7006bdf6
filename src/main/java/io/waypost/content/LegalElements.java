package io.waypost.content;

/**
 * Legally required elements of a rendered message. Each is true only if both HTML and
 * plain text show it.
 *
 * @param sender name of the sender
 * @param postalAddress every line of the sender's address, at least one
 * @param unsubscribe a link to the unsubscribe page with a visible label
 */
public record LegalElements(boolean sender, boolean postalAddress, boolean unsubscribe) {

}
