package io.waypost.consent;

import java.util.List;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

/**
 * Current answers have changed. Published synchronously inside the transaction that
 * records them; listeners use set-based statements. Merges and erasures change answers
 * too and publish their own events.
 *
 * @param tenant the tenant
 * @param profiles profiles with a changed answer, each once
 */
public record ConsentsChanged(TenantId tenant, List<ProfileId> profiles) {

	public ConsentsChanged {
		profiles = List.copyOf(profiles);
	}

}
