package io.waypost.delivery.tracking;

import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;

/**
 * What a signed address is about.
 *
 * @param tenant whose message
 * @param send which message
 * @param index which of its links, counted from 0; 0 where that does not matter
 */
public record LinkTarget(TenantId tenant, SendId send, int index) {

	/**
	 * The message as a whole.
	 * @param tenant whose message
	 * @param send which message
	 * @return the target
	 */
	public static LinkTarget of(TenantId tenant, SendId send) {
		return new LinkTarget(tenant, send, 0);
	}

}
