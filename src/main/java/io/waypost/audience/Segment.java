package io.waypost.audience;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One version of a segment.
 *
 * @param name canonical name, lower case with hyphens: {@code engaged}; also its id
 * @param version from 1
 * @param description what the segment means
 * @param owner person or team responsible
 * @param definition in the language of {@code docs/segments.md}, canonical form
 * @param live whether this version is live
 * @param approvedBy who made it live, as shown in the ledger; null if never approved
 * @param approvedAt when it became live
 * @param createdBy author, as shown in the ledger
 * @param createdAt when it was created
 * @param retiredAt when the segment was retired, for all its versions; null if it is in
 * use
 */
public record Segment(String name, int version, String description, String owner, String definition, boolean live,
		@Nullable String approvedBy, @Nullable Instant approvedAt, String createdBy, Instant createdAt,
		@Nullable Instant retiredAt) {

	/**
	 * Whether new campaigns can use this version.
	 * @return true for the live version, unless the segment is retired
	 */
	public boolean usable() {
		return this.live && this.retiredAt == null;
	}

}
