package io.waypost.content;

/**
 * What the law asks for, as it is found in the two forms of a finished message: each is
 * true only if HTML and plain text both have it.
 *
 * @param sender who sends it
 * @param postalAddress every line of the sender's address, at least one
 * @param unsubscribe a link to the page where one unsubscribes, with words to click on
 */
public record LegalElements(boolean sender, boolean postalAddress, boolean unsubscribe) {

}
