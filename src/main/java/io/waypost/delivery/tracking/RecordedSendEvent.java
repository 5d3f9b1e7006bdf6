package io.waypost.delivery.tracking;

import java.time.Instant;

import io.waypost.delivery.Send;
import io.waypost.identity.AddressHash;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * An event that was new, with the send it belongs to.
 *
 * @param tenant whose
 * @param send the send after the event
 * @param event what happened
 * @param addressHash keyed hash of the address the message went to, null when it never
 * went out
 * @param deliveredAt when the message reached the inbox, null while nobody has said so
 */
public record RecordedSendEvent(TenantId tenant, Send send, SendEvent event, @Nullable AddressHash addressHash,
		@Nullable Instant deliveredAt) {

}
