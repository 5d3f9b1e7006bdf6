package io.waypost.consent;

import io.waypost.identity.AddressHash;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Addresses that get no messages, whatever their owner once agreed to. */
@Component
public class Suppressions {

	/**
	 * Blocks an address at once; a repeat changes nothing.
	 * @param tenant whose list
	 * @param address keyed hash of the address
	 * @param reason why
	 * @param actor who or what, as the ledger shows it
	 */
	public void suppress(TenantId tenant, AddressHash address, SuppressionReason reason, String actor) {
		throw new UnsupportedOperationException();
	}

}
