package io.waypost.access.user;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The API tokens of a user. They end with the account: the database deletes them with it,
 * and this class names them in the ledger before.
 */
@Component
public class OwnedTokens {

	private final JdbcClient jdbc;

	private final Ledger ledger;

	private final Clock clock;

	public OwnedTokens(JdbcClient jdbc, Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Deletes the tokens of a user. They stop working within five seconds.
	 * @param tenant the tenant
	 * @param owner name of the user
	 * @param actor who deletes the user, as the ledger shows it
	 * @return names of the tokens
	 */
	public List<String> delete(TenantId tenant, String owner, String actor) {
		List<String> names = this.jdbc
			.sql("DELETE FROM access.api_token WHERE tenant_id = ? AND owner = ? RETURNING name")
			.params(tenant.value(), owner)
			.query(String.class)
			.list();
		if (!names.isEmpty()) {
			this.ledger.record(names.stream()
				.sorted()
				.map((name) -> new LedgerEntry(tenant, this.clock.instant(), "token.deleted", "token:" + name, actor,
						Map.of("owner", owner)))
				.toList());
		}
		return names;
	}

}
