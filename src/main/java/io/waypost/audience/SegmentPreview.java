package io.waypost.audience;

import java.time.Instant;
import java.util.List;

import io.waypost.kernel.ProfileId;

/**
 * Estimated reach of a definition.
 *
 * @param definition canonical form
 * @param size number of matching profiles
 * @param people number of all profiles
 * @param sample ten matching profiles at most
 * @param conditions each single condition evaluated separately, in the order of the text
 * @param hints probable mistakes, for example an event that was never recorded
 * @param readAt time of the evaluation
 */
public record SegmentPreview(String definition, long size, long people, List<ProfileId> sample,
		List<ConditionSize> conditions, List<String> hints, Instant readAt) {

	public SegmentPreview {
		sample = List.copyOf(sample);
		conditions = List.copyOf(conditions);
		hints = List.copyOf(hints);
	}

	/**
	 * Size of a single condition.
	 *
	 * @param text canonical form
	 * @param size number of matching profiles
	 */
	public record ConditionSize(String text, long size) {

	}

}
