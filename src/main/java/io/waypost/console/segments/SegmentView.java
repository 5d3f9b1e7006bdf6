package io.waypost.console.segments;

import java.time.Instant;
import java.util.List;

import io.waypost.console.CountBar;
import io.waypost.identity.UserIdSegment;
import org.jspecify.annotations.Nullable;

/**
 * One version of a segment.
 *
 * @param name canonical name
 * @param description description
 * @param owner owner
 * @param shown the version
 * @param mayEdit whether the user may change segments
 * @param versions newest first
 * @param estimate current size
 * @param approval effects of the approval, null when the version is live or the user may
 * not approve
 * @param retiredAt when the segment was retired, null while it is in use
 */
record SegmentView(String name, String description, String owner, SegmentVersionView shown, boolean mayEdit,
		List<SegmentVersionView> versions, SegmentEstimate estimate, @Nullable ApprovalEffect approval,
		@Nullable Instant retiredAt) {

	/**
	 * A segment in the list. The size is null before the estimate; {@code pending} is a
	 * newer version that needs approval, 0 for none.
	 */
	record SegmentListItem(String name, String description, String owner, int version, boolean live, boolean retired,
			int pending, String definition, @Nullable Long size) {

	}

	/** Effects of an approval, and why the user cannot approve; null if they can. */
	record ApprovalEffect(List<String> sentences, @Nullable String problem) {

	}

	/** One version in the list. */
	record SegmentVersionView(int number, String state, String tone, String by, @Nullable String approvedBy, Instant at,
			String definition) {

	}

	/**
	 * Estimated size of a definition.
	 *
	 * @param size matching profiles
	 * @param people all profiles
	 * @param conditions size of each condition
	 * @param sample some matching profiles
	 * @param hints possible mistakes
	 * @param problem syntax or validation error, null for a valid definition
	 */
	record SegmentEstimate(long size, long people, List<CountBar> conditions, List<SampleProfile> sample,
			List<String> hints, @Nullable MarkedProblem problem) {

		static SegmentEstimate failed(MarkedProblem problem) {
			return new SegmentEstimate(0, 0, List.of(), List.of(), List.of(), problem);
		}

	}

	/** A profile in a sample; the user id is null for an anonymous profile. */
	record SampleProfile(@Nullable String userId) {

		/** Returns the segment of the profile's URL, null without a user id. */
		@Nullable public String profileSegment() {
			return (this.userId != null) ? UserIdSegment.of(this.userId) : null;
		}

	}

	/** An error with its position: the text before, at and after it. */
	record MarkedProblem(String detail, String before, String marked, String after) {

	}

}
