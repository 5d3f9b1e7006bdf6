package io.waypost.audience;

/** Result of freezing an audience. */
public sealed interface FreezeResult {

	/**
	 * The audience was frozen.
	 *
	 * @param audience the audience
	 */
	record AudienceFrozen(Audience audience) implements FreezeResult {

	}

	/**
	 * The audience was not frozen; nothing was stored.
	 *
	 * @param reason reason, for programs
	 * @param detail reason and what to do, for people
	 */
	record FreezeRefused(FreezeRefusal reason, String detail) implements FreezeResult {

	}

	/** Reason for a refusal. */
	enum FreezeRefusal {

		/** No segment has this name. */
		UNKNOWN_SEGMENT,
		/** The segment, or one it refers to, has no approved version. */
		NOT_APPROVED,
		/** No profile matches. */
		EMPTY,
		/** More profiles match than {@code waypost.audience.max-size} allows. */
		TOO_LARGE

	}

}
