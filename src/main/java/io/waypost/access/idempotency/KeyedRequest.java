package io.waypost.access.idempotency;

import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.TenantId;

/**
 * A request as its Idempotency-Key identifies it.
 *
 * @param tenant tenant of the caller
 * @param hash digest of caller, method, path and key: one request at a time
 * @param fingerprint digest of the hash with query and body. A database dump does not
 * allow to guess the body, because the key is not stored
 */
record KeyedRequest(TenantId tenant, Fingerprint hash, Fingerprint fingerprint) {

	/**
	 * Identifies a request.
	 * @param tenant tenant of the caller
	 * @param caller name of the user, or name and digest of the API token
	 * @param operation method and path
	 * @param key the key
	 * @param query query string, empty without one
	 * @param body the whole body
	 * @return digests only
	 */
	static KeyedRequest of(TenantId tenant, String caller, String operation, String key, String query, byte[] body) {
		return new KeyedRequest(tenant, Fingerprint.of(caller, operation, key),
				Fingerprint.ofBytes(Fingerprint.of(tenant.value(), caller, operation, key, query).bytes(), body));
	}

}
