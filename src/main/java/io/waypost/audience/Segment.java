package io.waypost.audience;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One version of a segment.
 *
 * @param name canonical name, lower case with hyphens: {@code engaged}; also its id
 * @param version from 1
 * @param description what it means, for the glossary everybody shares
 * @param owner who answers for it
 * @param definition in the language of {@code docs/segments.md}, canonical form
 * @param live whether this version is the one in force
 * @param approvedAt when it was put in force, null while it never was
 * @param createdBy who wrote it, as the ledger shows it
 * @param createdAt when
 */
public record Segment(String name, int version, String description, String owner, String definition, boolean live,
		@Nullable Instant approvedAt, String createdBy, Instant createdAt) {

}
