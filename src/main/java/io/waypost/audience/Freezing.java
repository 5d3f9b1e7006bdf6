package io.waypost.audience;

/** What came of asking for an audience. */
public sealed interface Freezing {

	/**
	 * It is there.
	 *
	 * @param audience the people, numbered
	 */
	record Frozen(Audience audience) implements Freezing {

	}

	/**
	 * Nothing was written.
	 *
	 * @param reason why, for programs
	 * @param detail why and the way out, for people
	 */
	record Refused(Reason reason, String detail) implements Freezing {

	}

	/** Why there is no audience. */
	enum Reason {

		/** No segment has this name. */
		UNKNOWN_SEGMENT,

		/** The segment, or one it refers to, has no approved version. */
		NOT_APPROVED,

		/** Nobody fulfils it. */
		EMPTY,

		/** More people than {@code waypost.audience.max-size} fulfil it. */
		TOO_LARGE

	}

}
