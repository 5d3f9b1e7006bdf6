package io.waypost.delivery.tracking;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.waypost.delivery.SendStatus;
import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/**
 * Something a provider or a recipient's device reported about a send.
 *
 * @param send which send
 * @param type what happened
 * @param at when
 * @param link which link was clicked, else null
 * @param machine whether software rather than a person did it
 * @param reason short code or enhanced status, null when there is none
 */
public record SendEvent(SendId send, Type type, Instant at, @Nullable Integer link, boolean machine,
		@Nullable String reason) {

	public SendEvent {
		at = at.truncatedTo(ChronoUnit.MILLIS);
	}

	/** What can be reported. The names are also the database values, in lower case. */
	public enum Type {

		/** The provider took it. */
		PROCESSED(SendStatus.ACCEPTED),

		/** The recipient's server asked to try later. */
		DEFERRED(SendStatus.ACCEPTED),

		/** The recipient's server took it. */
		DELIVERED(SendStatus.DELIVERED),

		/** The mailbox does not exist. */
		BOUNCED(SendStatus.BOUNCED),

		/** The recipient's server refused this one message. */
		BLOCKED(SendStatus.BOUNCED),

		/** The provider did not try. */
		DROPPED(SendStatus.DROPPED),

		/** The recipient called it spam. */
		COMPLAINED(SendStatus.COMPLAINED),

		/** The recipient unsubscribed. */
		UNSUBSCRIBED(SendStatus.ACCEPTED),

		/** It was opened. */
		OPENED(SendStatus.ACCEPTED),

		/** A link was followed. */
		CLICKED(SendStatus.ACCEPTED);

		private final SendStatus impliedStatus;

		Type(SendStatus implies) {
			this.impliedStatus = implies;
		}

		/** The status the event proves, where the state machine lets it. */
		SendStatus impliedStatus() {
			return this.impliedStatus;
		}

	}

}
