package io.waypost.access.scim;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param startIndex number of the first resource, from 1
 * @param count most resources; 0 for the total only
 */
record ScimPage(int startIndex, int count) {

	static final int MAX_COUNT = 200;

	private static final int DEFAULT_COUNT = 100;

	/** Smaller numbers count as 1 and 0, as RFC 7644 says; a larger count is reduced. */
	static ScimPage of(@Nullable Integer startIndex, @Nullable Integer count) {
		int wanted = (count != null) ? count : DEFAULT_COUNT;
		return new ScimPage(Math.max(1, (startIndex != null) ? startIndex : 1),
				Math.min(MAX_COUNT, Math.max(0, wanted)));
	}

	int offset() {
		return this.startIndex - 1;
	}

}
