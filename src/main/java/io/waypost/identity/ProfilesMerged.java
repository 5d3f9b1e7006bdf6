package io.waypost.identity;

import java.util.List;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

/**
 * Profiles turned out to be one person. Published inside the transaction of the merge;
 * listeners move what they keep from the absorbed profile to the survivor, in the same
 * transaction and with set-based statements.
 *
 * @param tenant whose profiles
 * @param merges in the order they happened; a survivor may be absorbed by a later one
 */
public record ProfilesMerged(TenantId tenant, List<Merge> merges) {

	/**
	 * One union.
	 *
	 * @param survivor keeps everything
	 * @param absorbed points to the survivor from now on
	 */
	public record Merge(ProfileId survivor, ProfileId absorbed) {

	}

}
