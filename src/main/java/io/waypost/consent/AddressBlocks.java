package io.waypost.consent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.waypost.identity.AddressHash;
import org.jspecify.annotations.Nullable;

/** What blocks messages of one topic to addresses: suppressions and revocations. */
class AddressBlocks {

	private final Map<AddressHash, SuppressionReason> suppressed = new HashMap<>();

	private final Set<AddressHash> revoked = new HashSet<>();

	void suppress(AddressHash address, SuppressionReason reason) {
		this.suppressed.put(address, reason);
	}

	void revoke(AddressHash address) {
		this.revoked.add(address);
	}

	@Nullable SuppressionReason suppression(AddressHash address) {
		return this.suppressed.get(address);
	}

	boolean isRevoked(AddressHash address) {
		return this.revoked.contains(address);
	}

}
