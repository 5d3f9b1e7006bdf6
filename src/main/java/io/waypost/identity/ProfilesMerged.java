package io.waypost.identity;

import java.util.List;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

/**
 * Profiles were merged because they are one person. Published inside the transaction of
 * the merge; listeners move the data of the absorbed profile to the survivor, in the same
 * transaction and with set-based statements.
 *
 * @param tenant the tenant
 * @param merges in the order in which they happened; a later one may merge a survivor
 */
public record ProfilesMerged(TenantId tenant, List<Merge> merges) {

	/**
	 * One merge.
	 *
	 * @param survivor gets all data
	 * @param absorbed refers to the survivor from now on
	 */
	public record Merge(ProfileId survivor, ProfileId absorbed) {

	}

}
