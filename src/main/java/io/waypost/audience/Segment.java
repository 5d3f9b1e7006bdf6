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
 * @param approvedBy who put it in force last, as the ledger shows it, null while nobody
 * did
 * @param approvedAt when
 * @param createdBy who wrote it, as the ledger shows it
 * @param createdAt when
 * @param retiredAt since when nothing new may use the segment, whatever the version; null
 * while anything may
 */
public record Segment(String name, int version, String description, String owner, String definition, boolean live,
		@Nullable String approvedBy, @Nullable Instant approvedAt, String createdBy, Instant createdAt,
		@Nullable Instant retiredAt) {

	/**
	 * Whether new campaigns may use it.
	 * @return true of the version in force, unless the segment is retired
	 */
	public boolean usable() {
		return this.live && this.retiredAt == null;
	}

}
