package io.waypost.console.messages;

import java.time.Instant;

import io.waypost.console.StatusView;
import io.waypost.identity.UserIdSegment;
import org.jspecify.annotations.Nullable;

/**
 * A message in a list.
 *
 * @param id send id
 * @param subject subject line, or the template's name before content is generated
 * @param userId the recipient's user id, null for an anonymous profile
 * @param journey journey key
 * @param status its status
 * @param reason why, null when the status has no reason
 * @param createdAt time of planning
 */
public record SendListItem(String id, String subject, @Nullable String userId, String journey, StatusView status,
		@Nullable String reason, Instant createdAt) {

	/** Returns the segment of the profile's URL, null without a user id. */
	@Nullable public String profileSegment() {
		return (this.userId != null) ? UserIdSegment.of(this.userId) : null;
	}

}
