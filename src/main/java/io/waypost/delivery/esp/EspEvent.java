package io.waypost.delivery.esp;

import java.time.Instant;

import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/**
 * One thing a provider reports, in our words and without the address it reports it about.
 *
 * @param eventId the provider's id of the report
 * @param send which send, null when the provider does not say or it is no id of ours
 * @param kind what happened
 * @param at when it happened
 * @param reason short code or enhanced status (RFC 3463), null when there is none
 * @param userAgent of an open or click, to tell machines from people; never stored
 */
public record EspEvent(String eventId, @Nullable SendId send, Type type, Instant at, @Nullable String reason,
		@Nullable String userAgent) {

	/** What can be reported. */
	public enum Type {

		/** The provider took the message and will try to deliver it. */
		PROCESSED,

		/** The recipient's server asked to try later. */
		DEFERRED,

		/** The recipient's server took it. */
		DELIVERED,

		/** The mailbox does not exist: never write again. */
		BOUNCED,

		/** The recipient's server refused this message, but the mailbox may exist. */
		BLOCKED,

		/** The provider did not even try; the reason says why. */
		DROPPED,

		/** The recipient called it spam. */
		COMPLAINED,

		/** The recipient unsubscribed at the provider. */
		UNSUBSCRIBED,

		/** The message was opened, by a person or a machine. */
		OPENED,

		/** A link was followed, by a person or a machine. */
		CLICKED

	}

}
