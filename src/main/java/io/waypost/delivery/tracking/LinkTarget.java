package io.waypost.delivery.tracking;

import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

/**
 * Content of a signed link.
 *
 * @param tenant tenant of the send
 * @param send id of the send
 * @param index index of the link in the message, from 0; 0 for links that are not clicks
 */
public record LinkTarget(TenantId tenant, SendId send, int index) {

	/**
	 * Targets the message as a whole.
	 * @param tenant tenant of the send
	 * @param send id of the send
	 * @return the target
	 */
	public static LinkTarget of(TenantId tenant, SendId send) {
		return new LinkTarget(tenant, send, 0);
	}

}
