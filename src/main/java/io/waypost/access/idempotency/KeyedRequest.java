package io.waypost.access.idempotency;

import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.TenantId;

/**
 * A request as its Idempotency-Key identifies it.
 *
 * @param tenant tenant of the caller
 * @param caller digest of the caller's id
 * @param hash digest of caller, operation and key: one request at a time
 * @param fingerprint digest of the hash with query and body. A database dump does not
 * allow to guess the body, because the key is not stored
 */
record KeyedRequest(TenantId tenant, Fingerprint caller, Fingerprint hash, Fingerprint fingerprint) {

	/**
	 * Identifies a request.
	 * @param tenant tenant of the caller
	 * @param caller id of the account, or name and digest of the API token
	 * @param operation method, route and its variables
	 * @param key the key
	 * @param query query string, empty without one
	 * @param body the whole body
	 * @return digests only
	 */
	static KeyedRequest of(TenantId tenant, String caller, String operation, String key, String query, byte[] body) {
		return new KeyedRequest(tenant, Fingerprint.of(tenant.value(), caller), Fingerprint.of(caller, operation, key),
				Fingerprint.ofBytes(Fingerprint.of(tenant.value(), caller, operation, key, query).bytes(), body));
	}

}
