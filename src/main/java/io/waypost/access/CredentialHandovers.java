package io.waypost.access;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

import io.waypost.database.SqlTime;
import io.waypost.kernel.TenantId;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Remembers who handed out the credential of an account to whom. Someone who invites a
 * user, again too, sees the link and can choose the password; so for some time both count
 * as one person.
 */
@Component
@EnableConfigurationProperties(SecondPersonSettings.class)
public class CredentialHandovers {

	private static final String SYSTEM = "system:";

	private final JdbcClient jdbc;

	private final SecondPersonSettings settings;

	private final Clock clock;

	public CredentialHandovers(JdbcClient jdbc, SecondPersonSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Records that an actor can have used an account since now. Rows stay when the
	 * account is deleted, because what it did still names it. The command line is not
	 * recorded: who may use it has the database.
	 * @param tenant tenant of the account
	 * @param account name of the account
	 * @param actor who handed out the credential, as recorded in the ledger
	 */
	public void record(TenantId tenant, String account, String actor) {
		Instant now = this.clock.instant();
		this.jdbc.sql("DELETE FROM access.credential_handover WHERE tenant_id = ? AND handed_at < ?")
			.params(tenant.value(), SqlTime.of(now.minus(SecondPersonSettings.LONGEST)))
			.update();
		if (actor.startsWith(SYSTEM) || actor.equals(Caller.actor(account))) {
			return;
		}
		this.jdbc.sql("""
				INSERT INTO access.credential_handover (tenant_id, user_name, by_user, handed_at)
				SELECT :tenant, :account, coalesce(
					(SELECT owner FROM access.api_token WHERE tenant_id = :tenant AND 'token:' || name = :actor),
					regexp_replace(:actor, '^user:', '')), :now
				ON CONFLICT (tenant_id, user_name, by_user) DO UPDATE SET handed_at = excluded.handed_at
				""")
			.param("tenant", tenant.value())
			.param("account", account)
			.param("actor", actor)
			.param("now", SqlTime.of(now))
			.update();
	}

	/**
	 * Adds the users who handed out the credentials of some users within the delay, and
	 * those who handed out theirs.
	 * @param tenant the tenant
	 * @param users names of users
	 * @return all of them
	 */
	Set<String> withHolders(TenantId tenant, Collection<String> users) {
		return this.jdbc.sql("""
				WITH RECURSIVE holder (name) AS (
					SELECT unnest(:users::text[])
					UNION
					SELECT h.by_user FROM access.credential_handover h
					JOIN holder ON h.user_name = holder.name
					WHERE h.tenant_id = :tenant AND h.handed_at > :since
				)
				SELECT name FROM holder
				""")
			.param("users", users.toArray(String[]::new))
			.param("tenant", tenant.value())
			.param("since", SqlTime.of(this.clock.instant().minus(this.settings.secondPersonDelay())))
			.query(String.class)
			.set();
	}

}
