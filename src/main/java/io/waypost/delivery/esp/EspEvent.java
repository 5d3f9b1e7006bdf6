package io.waypost.delivery.esp;

import java.time.Instant;

import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/**
 * One event that a provider reports, translated into Waypost's types and without the
 * recipient's address.
 *
 * @param eventId the provider's id of the event
 * @param send the send, null when the provider does not name it or the id is unknown in
 * format
 * @param type what happened
 * @param at when it happened
 * @param reason short code or enhanced status code (RFC 3463), null when there is none
 * @param userAgent user agent of an open or click, used to detect machines; never stored
 */
public record EspEvent(String eventId, @Nullable SendId send, Type type, Instant at, @Nullable String reason,
		@Nullable String userAgent) {

	/** Types of events. */
	public enum Type {

		/** The provider accepted the message and will try to deliver it. */
		PROCESSED,

		/** The recipient's server deferred the message; the provider tries again. */
		DEFERRED,

		/** The recipient's server accepted the message. */
		DELIVERED,

		/** Hard bounce: the mailbox does not exist. The address is suppressed. */
		BOUNCED,

		/** The recipient's server refused this message; the mailbox may exist. */
		BLOCKED,

		/** The provider did not try to deliver the message; see the reason. */
		DROPPED,

		/** The recipient reported the message as spam. */
		COMPLAINED,

		/** The recipient unsubscribed at the provider. */
		UNSUBSCRIBED,

		/** The message was opened, by the recipient or a machine. */
		OPENED,

		/** A link was clicked, by the recipient or a machine. */
		CLICKED

	}

}
