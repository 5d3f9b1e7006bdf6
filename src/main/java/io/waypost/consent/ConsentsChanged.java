package io.waypost.consent;

import java.util.List;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

/**
 * Answers came into force. Published synchronously inside the transaction that records
 * them; listeners use set-based statements. Merges and erasures change answers too, and
 * say so themselves.
 *
 * @param tenant whose people
 * @param profiles who answered, each once
 */
public record ConsentsChanged(TenantId tenant, List<ProfileId> profiles) {

	public ConsentsChanged {
		profiles = List.copyOf(profiles);
	}

}
