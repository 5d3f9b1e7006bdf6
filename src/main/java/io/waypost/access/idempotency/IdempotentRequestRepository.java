package io.waypost.access.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.kernel.IdGenerator;

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
						(tenant_id, hash, request_id, attempt_id, fingerprint, lease_until, expires_at)
					VALUES (:tenant, :hash, :request, :attempt, :fingerprint, :lease, :expiry)
					ON CONFLICT (tenant_id, hash) DO UPDATE SET
						request_id = CASE WHEN stored.expires_at <= :now THEN excluded.request_id ELSE stored.request_id END,
						expires_at = CASE WHEN stored.expires_at <= :now THEN excluded.expires_at ELSE stored.expires_at END,
						attempt_id = excluded.attempt_id, fingerprint = excluded.fingerprint, answer = NULL,
						lease_until = excluded.lease_until
					WHERE stored.expires_at <= :now OR (stored.answer IS NULL AND stored.lease_until <= :now
						AND stored.fingerprint = excluded.fingerprint)
					RETURNING request_id
					""")
			.param("tenant", request.tenant().value())
			.param("hash", request.hash().bytes())
			.param("request", this.ids.next())
			.param("attempt", attempt)
			.param("fingerprint", request.fingerprint().bytes())
			.param("now", SqlTime.of(now))
			.param("lease", SqlTime.of(now.plus(lease)))
			.param("expiry", SqlTime.of(now.plus(lifetime)))
			.query(UUID.class)
			.optional();
		return granted.<KeyClaim>map((id) -> new KeyClaim.Granted(request.tenant(), id, attempt))
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

	/** Stores the answer; false if the attempt does not hold the lease any more. */
	boolean store(KeyClaim.Granted claim, byte[] sealed) {
		return this.jdbc.sql("""
				UPDATE access.idempotent_request SET answer = ?
				WHERE tenant_id = ? AND attempt_id = ? AND answer IS NULL
				""").params(sealed, claim.tenant().value(), claim.attempt()).update() > 0;
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
