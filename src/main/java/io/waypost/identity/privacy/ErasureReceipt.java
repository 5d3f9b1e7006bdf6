package io.waypost.identity.privacy;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import io.waypost.kernel.ProfileId;

/**
 * What an erasure can show for itself, without naming anybody.
 *
 * @param profileId the surrogate that is nobody's now; what must be kept is kept under it
 * @param erasedAt when
 * @param counts how much of what was forgotten
 */
record ErasureReceipt(ProfileId profileId, Instant erasedAt, Map<String, Integer> counts) {

	ErasureReceipt {
		counts = new TreeMap<>(counts);
	}

}
