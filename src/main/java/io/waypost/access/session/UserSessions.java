package io.waypost.access.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.key.CredentialCache;
import io.waypost.access.secret.SecretGenerator;
import io.waypost.access.user.AccountChangePolicy;
import io.waypost.database.SqlTime;
import io.waypost.database.TenantScope;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Records who is signed in with a browser. A session is checked with each request,
 * through a cache of five seconds.
 */
@Component
public class UserSessions {

	/**
	 * After this time a user signs in again, also when the session is used all the time.
	 */
	private static final Duration LIFETIME = Duration.ofHours(12);

	private final JdbcClient jdbc;

	private final SecretGenerator secrets;

	private final AccountChangePolicy policy;

	private final Ledger ledger;

	private final Clock clock;

	private final CredentialCache<Boolean> active;

	public UserSessions(JdbcClient jdbc, SecretGenerator secrets, AccountChangePolicy policy, Ledger ledger,
			Clock clock) {
		this.jdbc = jdbc;
		this.secrets = secrets;
		this.policy = policy;
		this.ledger = ledger;
		this.clock = clock;
		this.active = new CredentialCache<>(clock, (hash) -> TenantScope.all(() -> load(hash)));
	}

	/**
	 * A session in a list.
	 *
	 * @param id first characters of the stored hash; they identify the session
	 * @param signedInAt when it began
	 * @param endsAt when its lifetime ends
	 */
	public record UserSession(String id, Instant signedInAt, Instant endsAt) {

	}

	/**
	 * Begins a session.
	 * @param user who signed in
	 * @return the key of the session, which the server keeps in its HTTP session
	 */
	@Transactional
	public String begin(Caller user) {
		String key = this.secrets.next(SecretGenerator.SecretKind.SESSION);
		TenantScope.runAll(() -> begin(user, key));
		return key;
	}

	private void begin(Caller user, String key) {
		Instant now = this.clock.instant();
		this.jdbc.sql("DELETE FROM access.user_session WHERE created_at < ?")
			.param(SqlTime.of(now.minus(LIFETIME)))
			.update();
		this.jdbc.sql("""
				INSERT INTO access.user_session (hash, tenant_id, user_name, user_version, created_at)
				SELECT ?, tenant_id, name, version, ? FROM access.app_user WHERE tenant_id = ? AND name = ?
				""")
			.params(Fingerprint.ofText(key).bytes(), SqlTime.of(now), user.tenant().value(), user.name())
			.update();
	}

	/** Checks whether a session may still be used. The result is cached for 5 seconds. */
	public boolean isActive(String key) {
		return this.active.get(key).isPresent();
	}

	/** Ends one session, at the sign-out of its user. */
	public void end(String key) {
		TenantScope.all(() -> this.jdbc.sql("DELETE FROM access.user_session WHERE hash = ?")
			.param(Fingerprint.ofText(key).bytes())
			.update());
	}

	/**
	 * Lists the sessions of a user, newest first.
	 * @param tenant the tenant
	 * @param name the user
	 * @return the sessions
	 * @throws InvalidRequestException a 404 for an unknown user
	 */
	public List<UserSession> list(TenantId tenant, String name) {
		requireUser(tenant, name);
		return this.jdbc.sql("""
				SELECT left(encode(s.hash, 'hex'), 12) AS id, s.created_at
				FROM access.user_session s
				JOIN access.app_user u ON u.tenant_id = s.tenant_id AND u.name = s.user_name
				WHERE s.tenant_id = ? AND s.user_name = ? AND s.user_version = u.version AND s.created_at > ?
				ORDER BY s.created_at DESC
				""")
			.params(tenant.value(), name, SqlTime.of(this.clock.instant().minus(LIFETIME)))
			.query((row, number) -> new UserSession(row.getString("id"), SqlTime.read(row, "created_at"),
					SqlTime.read(row, "created_at").plus(LIFETIME)))
			.list();
	}

	/**
	 * Ends sessions of a user within five seconds.
	 * @param caller who ends them
	 * @param name the user
	 * @param id one session as {@link #list} names it; empty for all
	 * @throws InvalidRequestException a 404 for an unknown user or session, a 403 for an
	 * account with more rights than the caller's
	 */
	@Transactional
	public void revoke(Caller caller, String name, Optional<String> id) {
		TenantId tenant = this.policy.require(caller, name).tenant();
		int ended = this.jdbc.sql("""
				DELETE FROM access.user_session
				WHERE tenant_id = :tenant AND user_name = :name
				AND (:id::text IS NULL OR left(encode(hash, 'hex'), 12) = :id)
				""").param("tenant", tenant.value()).param("name", name).param("id", id.orElse(null)).update();
		if (ended == 0 && id.isPresent()) {
			throw InvalidRequestException
				.notFound("User '%s' has no session '%s'; GET /api/v1/users/%s/sessions lists the sessions"
					.formatted(name, id.get(), name));
		}
		this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(), "user.sessions_ended", "user:" + name,
				caller.actor(), Map.of("sessions", ended))));
	}

	private void requireUser(TenantId tenant, String name) {
		boolean exists = this.jdbc.sql("SELECT count(*) FROM access.app_user WHERE tenant_id = ? AND name = ?")
			.params(tenant.value(), name)
			.query(Integer.class)
			.single() > 0;
		if (!exists) {
			throw InvalidRequestException
				.notFound("There is no user '%s'; GET /api/v1/users lists the users".formatted(name));
		}
	}

	private Optional<Boolean> load(byte[] hash) {
		return this.jdbc.sql("""
				SELECT true FROM access.user_session s
				JOIN access.app_user u ON u.tenant_id = s.tenant_id AND u.name = s.user_name
				WHERE s.hash = ? AND s.user_version = u.version AND s.created_at > ?
				""").params(hash, SqlTime.of(this.clock.instant().minus(LIFETIME))).query(Boolean.class).optional();
	}

}
