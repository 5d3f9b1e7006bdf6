package io.waypost.audience;

/**
 * What a new version of a segment should be.
 *
 * @param name canonical name, lower-case letters, digits and hyphens
 * @param description what it means, in a sentence
 * @param owner who answers for it
 * @param definition in the language of {@code docs/segments.md}
 */
public record SegmentDraft(String name, String description, String owner, String definition) {

}
