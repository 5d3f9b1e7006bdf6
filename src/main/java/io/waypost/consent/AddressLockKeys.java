package io.waypost.consent;

import java.util.Collection;

import io.waypost.identity.AddressHash;
import io.waypost.kernel.TenantId;

/**
 * An address has no row to lock before it is suppressed. Its advisory lock stands in for
 * one: shared by those who decide about messages, exclusive for who blocks the address,
 * held until the end of the transaction.
 */
final class AddressLockKeys {

	private AddressLockKeys() {
	}

	/**
	 * The keys, in the order in which everybody takes them. 64 bits of a keyed hash do
	 * not collide by chance; if two did, somebody would wait for a millisecond.
	 */
	static Long[] of(TenantId tenant, Collection<AddressHash> addresses) {
		return addresses.stream()
			.map((address) -> 31L * tenant.value().hashCode() + Long.parseUnsignedLong(address.hex(), 0, 16, 16))
			.distinct()
			.sorted()
			.toArray(Long[]::new);
	}

}
