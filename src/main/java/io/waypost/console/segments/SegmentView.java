package io.waypost.console.segments;

import java.time.Instant;
import java.util.List;

import io.waypost.console.overview.OverviewView;
import org.jspecify.annotations.Nullable;

/**
 * One segment, as one of its versions has it.
 *
 * @param name canonical name
 * @param description what it means
 * @param owner who answers for it
 * @param shown that version
 * @param mayEdit whether the reader may write others
 * @param versions newest first
 * @param reached whom it reaches now
 * @param approval what approving it does, null when it is in force or the reader may not
 * @param retiredAt since when nothing new may use the segment, null while anything may
 */
record SegmentView(String name, String description, String owner, SegmentVersionView shown, boolean mayEdit,
		List<SegmentVersionView> versions, SegmentEstimate reached, @Nullable ApprovalEffect approval,
		@Nullable Instant retiredAt) {

	/**
	 * A segment in the list; its size is null until it is counted, and waiting is the
	 * number of a newer version that nobody has approved, 0 for none.
	 */
	record SegmentListItem(String name, String description, String owner, int version, boolean live, boolean retired,
			int waiting, String definition, @Nullable Long size) {

	}

	/**
	 * What approving does, and why the reader cannot do it; null when nothing is against
	 * it.
	 */
	record ApprovalEffect(List<String> sentences, @Nullable String hindrance) {

	}

	/** One version. */
	record SegmentVersionView(int number, String state, String tone, String by, @Nullable String approvedBy, Instant at,
			String definition) {

	}

	/**
	 * Whom a definition reaches.
	 *
	 * @param size how many people
	 * @param people of how many in all
	 * @param conditions each condition by itself
	 * @param sample some of them
	 * @param hints what is probably not meant
	 * @param problem where it makes no sense, null when it does
	 */
	record SegmentEstimate(long size, long people, List<OverviewView.CountBar> conditions, List<SampleProfile> sample,
			List<String> hints, @Nullable MarkedProblem problem) {

		static SegmentEstimate failed(MarkedProblem problem) {
			return new SegmentEstimate(0, 0, List.of(), List.of(), List.of(), problem);
		}

	}

	/** Somebody in a sample, by the shop's id; null for somebody anonymous. */
	record SampleProfile(@Nullable String userId) {

	}

	/** A place that makes no sense, with what stands before and behind it. */
	record MarkedProblem(String detail, String before, String marked, String after) {

	}

}
