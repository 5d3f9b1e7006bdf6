package io.waypost.console.profiles;

import java.time.Instant;
import java.util.List;

import io.waypost.console.FeatureRow;
import io.waypost.console.LabelledValue;
import io.waypost.console.TimelineEntry;
import io.waypost.console.messages.SendListItem;
import io.waypost.identity.UserIdSegment;
import org.jspecify.annotations.Nullable;

/**
 * One profile.
 *
 * @param userId user id
 * @param name first and last name, or the user id
 * @param summary one line
 * @param facts attributes
 * @param consents consents with their evidence
 * @param timeline events, newest first
 * @param next cursor of the next page of events, null on the last page
 * @param features features
 * @param messages messages, newest first
 */
record ProfilePageView(String userId, String name, String summary, List<LabelledValue> facts, List<ConsentRow> consents,
		List<TimelineEntry> timeline, @Nullable String next, List<FeatureRow> features, List<SendListItem> messages) {

	/** Returns the segment of the profile's URL. */
	public String profileSegment() {
		return UserIdSegment.of(this.userId);
	}

	/** A consent with its evidence. */
	record ConsentRow(String topic, String status, String tone, String evidence, Instant at) {

	}

}
