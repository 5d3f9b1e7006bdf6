package io.waypost.delivery.tracking;

import java.time.Instant;

import io.waypost.delivery.Send;
import io.waypost.identity.AddressHash;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A new event with its send.
 *
 * @param tenant tenant of the send
 * @param send the send after the event
 * @param event what happened
 * @param addressHash keyed hash of the recipient's address, null when the message was
 * never submitted
 * @param deliveredAt time of delivery, null when no delivery is reported yet
 */
public record RecordedSendEvent(TenantId tenant, Send send, SendEvent event, @Nullable AddressHash addressHash,
		@Nullable Instant deliveredAt) {

}
