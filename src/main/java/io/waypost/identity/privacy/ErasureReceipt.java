package io.waypost.identity.privacy;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import io.waypost.kernel.ProfileId;

/**
 * Proof of an erasure without personal data.
 *
 * @param profileId the erased profile's id, under which records that must be kept remain
 * @param erasedAt time of the erasure
 * @param counts number of deleted records by kind
 */
record ErasureReceipt(ProfileId profileId, Instant erasedAt, Map<String, Integer> counts) {

	ErasureReceipt {
		counts = new TreeMap<>(counts);
	}

}
