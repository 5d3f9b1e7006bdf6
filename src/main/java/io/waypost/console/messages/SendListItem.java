package io.waypost.console.messages;

import java.time.Instant;

import io.waypost.console.StatusView;
import org.jspecify.annotations.Nullable;

/**
 * A message in a list.
 *
 * @param id send id
 * @param subject its subject, or what it would have been about
 * @param userId the person's id, null for somebody anonymous
 * @param journey journey key
 * @param status where it stands
 * @param reason why, in words; null when the status says it all
 * @param createdAt when it was planned
 */
public record SendListItem(String id, String subject, @Nullable String userId, String journey, StatusView status,
		@Nullable String reason, Instant createdAt) {

}
