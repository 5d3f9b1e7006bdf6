package io.waypost.delivery;

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
 */
public record RecordedEvent(TenantId tenant, Send send, SendEvent event, @Nullable AddressHash addressHash) {

}
