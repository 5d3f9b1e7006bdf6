package io.waypost.access.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL access to requests with an Idempotency-Key. */
@Repository
class IdempotentRequestRepository {

	private static final int DELETED_AT_ONCE = 10_000;

	private final JdbcClient jdbc;

	private final IdGenerator ids;

	IdempotentRequestRepository(JdbcClient jdbc, IdGenerator ids) {
		this.jdbc = jdbc;
		this.ids = ids;
	}

	/**
	 * Takes the key of a request in one statement, so that of concurrent requests on all
	 * nodes exactly one gets it. A key is free when it was never used, has expired, or
	 * was used by the same request whose lease has ended without an answer.
	 */
	KeyClaim claim(KeyedRequest request, Instant now, Duration lease, Duration lifetime) {
		UUID attempt = this.ids.next();
		Optional<UUID> granted = this.jdbc
			.sql("""
					INSERT INTO access.idempotent_request AS stored
						(tenant_id, caller, hash, request_id, attempt_id, fingerprint, lease_until, expires_at)
					VALUES (:tenant, :caller, :hash, :request, :attempt, :fingerprint, :lease, :expiry)
					ON CONFLICT (tenant_id, hash) DO UPDATE SET
						request_id = CASE WHEN stored.expires_at <= :now THEN excluded.request_id ELSE stored.request_id END,
						expires_at = CASE WHEN stored.expires_at <= :now THEN excluded.expires_at ELSE stored.expires_at END,
						attempt_id = excluded.attempt_id, fingerprint = excluded.fingerprint, answer = NULL, size = 0,
						lease_until = excluded.lease_until
					WHERE stored.expires_at <= :now OR (stored.answer IS NULL AND stored.lease_until <= :now
						AND stored.fingerprint = excluded.fingerprint)
					RETURNING request_id
					""")
			.param("tenant", request.tenant().value())
			.param("caller", request.caller().bytes())
			.param("hash", request.hash().bytes())
			.param("request", this.ids.next())
			.param("attempt", attempt)
			.param("fingerprint", request.fingerprint().bytes())
			.param("now", SqlTime.of(now))
			.param("lease", SqlTime.of(now.plus(lease)))
			.param("expiry", SqlTime.of(now.plus(lifetime)))
			.query(UUID.class)
			.optional();
		return granted.<KeyClaim>map((id) -> new KeyClaim.Granted(request.tenant(), request.caller(), id, attempt))
			.orElseGet(() -> taken(request));
	}

	/** A row that is missing here was deleted after the claim failed: in progress. */
	private KeyClaim taken(KeyedRequest request) {
		return this.jdbc.sql("""
				SELECT request_id, fingerprint, answer FROM access.idempotent_request WHERE tenant_id = ? AND hash = ?
				""").params(request.tenant().value(), request.hash().bytes()).query((row, number) -> {
			boolean same = Arrays.equals(request.fingerprint().bytes(), row.getBytes("fingerprint"));
			return new KeyClaim.Taken(row.getObject("request_id", UUID.class), same, row.getBytes("answer"));
		}).optional().orElseGet(() -> new KeyClaim.Taken(this.ids.next(), true, null));
	}

	/** Checks whether a key is used, so that a request with it stores nothing new. */
	boolean isUsed(KeyedRequest request, Instant now) {
		return this.jdbc
			.sql("SELECT 1 FROM access.idempotent_request WHERE tenant_id = ? AND hash = ? AND expires_at > ?")
			.params(request.tenant().value(), request.hash().bytes(), SqlTime.of(now))
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/**
	 * Counts what is stored.
	 * @param tenant the tenant
	 * @param caller digest of the caller's id; null for all callers
	 * @param limit counts no more keys than this, so that the time is limited
	 */
	IdempotencyQuota.Stored count(TenantId tenant, @Nullable Fingerprint caller, int limit) {
		return this.jdbc.sql("""
				SELECT count(*), coalesce(sum(size), 0) FROM (
					SELECT size FROM access.idempotent_request WHERE tenant_id = :tenant %s LIMIT :limit) AS stored
				""".formatted((caller != null) ? "AND caller = :caller" : ""))
			.param("tenant", tenant.value())
			.param("caller", (caller != null) ? caller.bytes() : null)
			.param("limit", limit)
			.query((row, number) -> new IdempotencyQuota.Stored(row.getLong(1), row.getLong(2)))
			.single();
	}

	/** Finds the id of an account, which no later account of the same name has. */
	Optional<UUID> findAccount(TenantId tenant, String name) {
		return this.jdbc.sql("SELECT account_id FROM access.app_user WHERE tenant_id = ? AND name = ?")
			.params(tenant.value(), name)
			.query(UUID.class)
			.optional();
	}

	/** Stores the answer; false if the attempt does not hold the lease any more. */
	boolean store(KeyClaim.Granted claim, byte[] sealed) {
		return this.jdbc.sql("""
				UPDATE access.idempotent_request SET answer = ?, size = ?
				WHERE tenant_id = ? AND attempt_id = ? AND answer IS NULL
				""").params(sealed, sealed.length, claim.tenant().value(), claim.attempt()).update() > 0;
	}

	/** Frees the key for any request. */
	void delete(KeyClaim.Granted claim) {
		this.jdbc.sql("DELETE FROM access.idempotent_request WHERE tenant_id = ? AND attempt_id = ? AND answer IS NULL")
			.params(claim.tenant().value(), claim.attempt())
			.update();
	}

	/** Frees the key for the same request, which keeps its id. */
	void endLease(KeyClaim.Granted claim, Instant now) {
		this.jdbc
			.sql("""
					UPDATE access.idempotent_request SET lease_until = ? WHERE tenant_id = ? AND attempt_id = ? AND answer IS NULL
					""")
			.params(SqlTime.of(now), claim.tenant().value(), claim.attempt())
			.update();
	}

	/** Extends the leases of requests in progress, of any tenant. */
	void renew(Collection<UUID> attempts, Instant until) {
		this.jdbc
			.sql("UPDATE access.idempotent_request SET lease_until = ? WHERE attempt_id = ANY(?) AND answer IS NULL")
			.params(SqlTime.of(until), SqlArray.uuids(attempts))
			.update();
	}

	/** Deletes expired rows of all tenants; true if there may be more. */
	boolean deleteExpired(Instant now) {
		return this.jdbc
			.sql("""
					DELETE FROM access.idempotent_request WHERE (tenant_id, hash) IN
						(SELECT tenant_id, hash FROM access.idempotent_request WHERE expires_at <= :now LIMIT :limit FOR UPDATE SKIP LOCKED)
					""")
			.param("now", SqlTime.of(now))
			.param("limit", DELETED_AT_ONCE)
			.update() == DELETED_AT_ONCE;
	}

}
