package io.waypost.identity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
	 * Resolves chains of merges.
	 * @return the last survivor of each absorbed profile; a merge of a profile with
	 * itself is omitted
	 */
	public Map<ProfileId, ProfileId> survivors() {
		Map<ProfileId, ProfileId> survivors = new LinkedHashMap<>();
		for (Merge merge : this.merges) {
			survivors
				.replaceAll((absorbed, survivor) -> survivor.equals(merge.absorbed()) ? merge.survivor() : survivor);
			survivors.put(merge.absorbed(), merge.survivor());
		}
		survivors.entrySet().removeIf((entry) -> entry.getKey().equals(entry.getValue()));
		return survivors;
	}

	/**
	 * One merge.
	 *
	 * @param survivor gets all data
	 * @param absorbed refers to the survivor from now on
	 */
	public record Merge(ProfileId survivor, ProfileId absorbed) {

	}

}
