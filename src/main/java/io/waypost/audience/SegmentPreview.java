package io.waypost.audience;

import java.time.Instant;
import java.util.List;

import io.waypost.kernel.ProfileId;

/**
 * Whom a definition reaches now.
 *
 * @param definition canonical form
 * @param size how many people fulfil it
 * @param people how many there are in all
 * @param sample some of them, at most ten
 * @param conditions each single condition by itself, in the order of the text
 * @param hints what is probably not meant, for people: an event nobody ever did
 * @param readAt the moment
 */
public record SegmentPreview(String definition, long size, long people, List<ProfileId> sample,
		List<ConditionSize> conditions, List<String> hints, Instant readAt) {

	public SegmentPreview {
		sample = List.copyOf(sample);
		conditions = List.copyOf(conditions);
		hints = List.copyOf(hints);
	}

	/**
	 * One condition.
	 *
	 * @param text canonical form
	 * @param size how many people fulfil it
	 */
	public record ConditionSize(String text, long size) {

	}

}
