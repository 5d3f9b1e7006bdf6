package io.waypost.access.key;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import io.waypost.access.Caller;
import io.waypost.access.HomeRegion;
import io.waypost.database.SqlTime;
import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds the caller that an API token belongs to. A token with an owner has those of its
 * roles that the owner covers at the time of the request; without an owner it has its
 * own.
 */
@Component
public class ApiTokenRepository {

	private final JdbcClient jdbc;

	private final Clock clock;

	private final CredentialCache<TokenOwner> cache;

	public ApiTokenRepository(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.cache = new CredentialCache<>(clock, (hash) -> load(hash));
	}

	/**
	 * The owner of a token.
	 *
	 * @param caller the principal of its requests
	 * @param scopes how the token may be used
	 */
	public record TokenOwner(Caller caller, Set<TokenScope> scopes) {

		/** Returns whether requests that change something are refused. */
		public boolean readOnly() {
			return !this.scopes.contains(TokenScope.WRITE);
		}

		/** Returns whether the token is for SCIM and nothing else. */
		public boolean scimOnly() {
			return this.scopes.equals(Set.of(TokenScope.SCIM));
		}

	}

	/**
	 * Finds the owner of a token. The result is cached for 5 seconds.
	 * @param token the secret
	 * @return the owner; empty for an unknown or expired token
	 */
	public Optional<TokenOwner> find(String token) {
		return this.cache.get(token);
	}

	private Optional<TokenOwner> load(byte[] hash) {
		Optional<TokenOwner> owner = TenantScope.anywhere(() -> read(hash));
		owner.ifPresent((found) -> HomeRegion.require(this.jdbc, found.caller().tenant()));
		return owner;
	}

	private Optional<TokenOwner> read(byte[] hash) {
		return this.jdbc.sql("""
				SELECT t.tenant_id, t.name, t.roles, t.scopes, t.owner, %s FROM access.api_token t
				WHERE t.hash = ? AND (t.expires_at IS NULL OR t.expires_at > ?)
				""".formatted(TokenRoles.OF_OWNER))
			.params(hash, SqlTime.of(this.clock.instant()))
			.query(ApiTokenRepository::owner)
			.optional();
	}

	private static TokenOwner owner(ResultSet row, int number) throws SQLException {
		Caller caller = Caller.ofToken(new TenantId(row.getString("tenant_id")), row.getString("name"),
				TokenRoles.effective(row));
		Set<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
		for (String scope : (String[]) row.getArray("scopes").getArray()) {
			scopes.add(TokenScope.valueOf(scope));
		}
		return new TokenOwner(caller, scopes);
	}

}
