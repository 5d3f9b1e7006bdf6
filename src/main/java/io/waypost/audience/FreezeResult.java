package io.waypost.audience;

/** What came of asking for an audience. */
public sealed interface FreezeResult {

	/**
	 * It is there.
	 *
	 * @param audience the people, numbered
	 */
	record AudienceFrozen(Audience audience) implements FreezeResult {

	}

	/**
	 * Nothing was written.
	 *
	 * @param reason why, for programs
	 * @param detail why and the way out, for people
	 */
	record FreezeRefused(FreezeRefusal reason, String detail) implements FreezeResult {

	}

	/** Why there is no audience. */
	enum FreezeRefusal {

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
