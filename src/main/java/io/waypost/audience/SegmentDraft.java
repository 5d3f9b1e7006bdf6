package io.waypost.audience;

/**
 * Content of a new segment version.
 *
 * @param name canonical name, lower-case letters, digits and hyphens
 * @param description what the segment means
 * @param owner person or team responsible
 * @param definition in the language of {@code docs/segments.md}
 */
public record SegmentDraft(String name, String description, String owner, String definition) {

}
