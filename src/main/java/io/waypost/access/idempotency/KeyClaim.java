package io.waypost.access.idempotency;

import java.util.UUID;

import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** What a request with an Idempotency-Key finds. */
sealed interface KeyClaim {

	/**
	 * This request has the key; carry it out.
	 *
	 * @param tenant tenant of the caller
	 * @param caller digest of the caller's id
	 * @param request id of the request, the same after a failed attempt
	 * @param attempt id of this attempt
	 */
	record Granted(TenantId tenant, Fingerprint caller, UUID request, UUID attempt) implements KeyClaim {

	}

	/**
	 * An earlier request has the key.
	 *
	 * @param request its id
	 * @param same whether it had the same query and body
	 * @param sealed its encrypted answer, null while it is in progress
	 */
	record Taken(UUID request, boolean same, byte @Nullable [] sealed) implements KeyClaim {

	}

}
