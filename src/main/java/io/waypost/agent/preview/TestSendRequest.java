package io.waypost.agent.preview;

import org.jspecify.annotations.Nullable;

/**
 * Request body of a test send: the profile whose data it shows, the recipient, or both.
 *
 * @param userId user id of the profile whose data the message shows; without {@code to}
 * it is also the recipient
 * @param to one of the configured test addresses
 */
public record TestSendRequest(@Nullable String userId, @Nullable String to) {

	/** Treats blank values as absent, because forms send them. */
	public TestSendRequest {
		userId = (userId != null && !userId.isBlank()) ? userId.strip() : null;
		to = (to != null && !to.isBlank()) ? to.strip() : null;
	}

	@Override
	public String toString() {
		return "TestSendRequest[***]";
	}

}
