package io.waypost.delivery.tracking;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.waypost.delivery.SendStatus;
import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/**
 * An event about a send, reported by a provider or by the recipient's e-mail client.
 *
 * @param send id of the send
 * @param type what happened
 * @param at when it happened, in milliseconds
 * @param link index of the clicked link, otherwise null
 * @param machine whether the event is caused by software, not by the recipient
 * @param reason short code or enhanced status code, null when there is none
 */
public record SendEvent(SendId send, Type type, Instant at, @Nullable Integer link, boolean machine,
		@Nullable String reason) {

	public SendEvent {
		at = at.truncatedTo(ChronoUnit.MILLIS);
	}

	/** Types of events. The names in lower case are also the database values. */
	public enum Type {

		/** The provider accepted the message. */
		PROCESSED(SendStatus.ACCEPTED),

		/** The recipient's server deferred the message. */
		DEFERRED(SendStatus.ACCEPTED),

		/** The recipient's server accepted the message. */
		DELIVERED(SendStatus.DELIVERED),

		/** Hard bounce: the mailbox does not exist. */
		BOUNCED(SendStatus.BOUNCED),

		/** The recipient's server refused this message. */
		BLOCKED(SendStatus.BOUNCED),

		/** The provider did not try to deliver the message. */
		DROPPED(SendStatus.DROPPED),

		/** The recipient reported the message as spam. */
		COMPLAINED(SendStatus.COMPLAINED),

		/** The recipient unsubscribed. */
		UNSUBSCRIBED(SendStatus.ACCEPTED),

		/** The message was opened. */
		OPENED(SendStatus.ACCEPTED),

		/** A link was clicked. */
		CLICKED(SendStatus.ACCEPTED);

		private final SendStatus impliedStatus;

		Type(SendStatus implies) {
			this.impliedStatus = implies;
		}

		/** Returns the status that the event proves, if the state machine allows it. */
		SendStatus impliedStatus() {
			return this.impliedStatus;
		}

	}

}
