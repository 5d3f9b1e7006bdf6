package io.waypost.agent.preview;

import org.jspecify.annotations.Nullable;

/**
 * Where a test goes, and whose facts it speaks of. At least one of both is given; with
 * both the address gets the words that were found for the person.
 *
 * @param userId the source's id of a person; alone it is they who get the test
 * @param to one of the configured test addresses
 */
public record TestSendRequest(@Nullable String userId, @Nullable String to) {

	/** Blank is absent, as forms send it. */
	public TestSendRequest {
		userId = (userId != null && !userId.isBlank()) ? userId.strip() : null;
		to = (to != null && !to.isBlank()) ? to.strip() : null;
	}

	@Override
	public String toString() {
		return "TestRecipient[***]";
	}

}
