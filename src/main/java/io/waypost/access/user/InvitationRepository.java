package io.waypost.access.user;

import java.time.Instant;
import java.util.Optional;

import io.waypost.database.SqlTime;
import io.waypost.database.TenantScope;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;

/** SQL access to open invitations. Only the hashes of their secrets are stored. */
class InvitationRepository {

	private final JdbcClient jdbc;

	InvitationRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Stores the only open invitation of a user. */
	void save(TenantId tenant, String name, UserAccounts.Invitation invitation, String actor) {
		this.jdbc
			.sql("""
					INSERT INTO access.invitation (tenant_id, user_name, hash, expires_at, invited_by) VALUES (?, ?, ?, ?, ?)
					ON CONFLICT (tenant_id, user_name) DO UPDATE
					SET hash = excluded.hash, expires_at = excluded.expires_at, invited_by = excluded.invited_by
					""")
			.params(tenant.value(), name, hash(invitation.secret()), SqlTime.of(invitation.expiresAt()), actor)
			.update();
	}

	/** Finds the name of the user whom an open invitation belongs to. */
	Optional<String> findUser(String secret, Instant now) {
		return TenantScope
			.all(() -> this.jdbc.sql("SELECT user_name FROM access.invitation WHERE hash = ? AND expires_at > ?")
				.params(hash(secret), SqlTime.of(now))
				.query(String.class)
				.optional());
	}

	/**
	 * Removes an open invitation.
	 * @return who invited, as the ledger shows it; empty if it was used meanwhile
	 */
	Optional<String> use(String secret) {
		return this.jdbc
			.sql("DELETE FROM access.invitation WHERE hash = ? RETURNING coalesce(invited_by, 'system:unknown')")
			.param(hash(secret))
			.query(String.class)
			.optional();
	}

	private static byte[] hash(String secret) {
		return Fingerprint.ofText(secret).bytes();
	}

}
