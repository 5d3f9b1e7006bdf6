package io.waypost.content;

/**
 * Final parts of one message. Holds personal data: never store it unsealed.
 *
 * @param subject one line
 * @param html whole document
 * @param text plain-text alternative
 */
public record RenderedEmail(String subject, String html, String text) {

}
