package io.waypost.access.key;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Role;
import io.waypost.access.SecondPerson;
import io.waypost.access.secret.SecretGenerator;
import io.waypost.access.user.AccountChangePolicy;
import io.waypost.access.user.RoleMapper;
import io.waypost.database.SqlTime;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Creates, lists and deletes API tokens. Every change is recorded in the ledger. */
@Component
public class ApiTokens {

	private final JdbcClient jdbc;

	private final SecretGenerator secrets;

	private final SecondPerson persons;

	private final Ledger ledger;

	private final Clock clock;

	public ApiTokens(JdbcClient jdbc, SecretGenerator secrets, SecondPerson persons, Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.persons = persons;
		this.secrets = secrets;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * An API token without its secret.
	 *
	 * @param name unique within the tenant; the ledger shows it as the actor
	 * @param roles what the token may do
	 * @param effectiveRoles those of the roles that the owner covers now
	 * @param scopes how it may do it
	 * @param owner the user who created it, also by way of another token; the token ends
	 * with the account of this user. Null for a token of the command line
	 * @param createdAt when it was created
	 * @param expiresAt when it stops working; null for never
	 */
	public record ApiToken(String name, Set<Role> roles, Set<Role> effectiveRoles, Set<TokenScope> scopes,
			@Nullable String owner, Instant createdAt, @Nullable Instant expiresAt) {

	}

	/**
	 * Lists the tokens of a tenant by name.
	 * @param tenant the tenant
	 * @param after name of the last one on the page before, empty for the first page
	 * @param limit most rows
	 * @return at most so many
	 */
	public List<ApiToken> list(TenantId tenant, String after, int limit) {
		return this.jdbc.sql("""
				SELECT t.name, t.roles, t.scopes, t.owner, t.created_at, t.expires_at, %s
				FROM access.api_token t
				WHERE t.tenant_id = ? AND t.name > ?
				ORDER BY t.name
				LIMIT ?
				""".formatted(TokenRoles.OF_OWNER)).params(tenant.value(), after, limit).query(ApiTokens::token).list();
	}

	/**
	 * Creates a token.
	 * @param caller tenant, name and roles of the token
	 * @param scopes at least one
	 * @param expiresAt in the future; null for never
	 * @param actor who creates it, as the ledger shows it
	 * @return the secret, which cannot be read again
	 * @throws InvalidRequestException a 400 for invalid values, a 409 when the name is
	 * taken or the actor is a user who was deleted
	 */
	@Transactional
	public String create(Caller caller, Set<TokenScope> scopes, @Nullable Instant expiresAt, String actor) {
		AccountNames.require(caller.name());
		requireValid(caller, scopes, expiresAt);
		String secret = this.secrets.next(SecretGenerator.SecretKind.API_TOKEN);
		String[] scopeNames = scopes.stream().map(TokenScope::name).sorted().toArray(String[]::new);
		String owner = this.persons.owner(caller.tenant(), actor).orElse(null);
		requireExisting(caller.tenant(), owner);
		int created = this.jdbc.sql("""
				INSERT INTO access.api_token (tenant_id, name, hash, roles, scopes, created_at, expires_at, owner)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT (tenant_id, name) DO NOTHING
				""")
			.params(caller.tenant().value(), caller.name(), Fingerprint.ofText(secret).bytes(),
					RoleMapper.toArray(caller.roles()), scopeNames, SqlTime.of(this.clock.instant()),
					SqlTime.ofNullable(expiresAt), owner)
			.update();
		if (created == 0) {
			throw InvalidRequestException
				.conflict("There is a token '%s' already; choose another name or delete it".formatted(caller.name()));
		}
		if (owner != null) {
			recordOwner(caller, owner);
		}
		record(caller.tenant(), "token.created", caller.name(), actor,
				Map.of("roles", List.of(RoleMapper.toArray(caller.roles())), "scopes", List.of(scopeNames)));
		return secret;
	}

	/**
	 * Deletes a token. It stops working within five seconds.
	 * @param caller who deletes it
	 * @param name the token, of the same tenant
	 * @throws InvalidRequestException a 404 for an unknown token, a 403 for one with more
	 * rights than the caller's
	 */
	@Transactional
	public void delete(Caller caller, String name) {
		Set<Role> roles = this.jdbc
			.sql("SELECT roles FROM access.api_token WHERE tenant_id = ? AND name = ? FOR UPDATE")
			.params(caller.tenant().value(), name)
			.query((row, number) -> RoleMapper.fromArray(row.getArray("roles")))
			.optional()
			.orElseThrow(() -> InvalidRequestException
				.notFound("There is no token '%s'; GET /api/v1/tokens lists the tokens".formatted(name)));
		AccountChangePolicy.requireCovered(caller, "delete the API token '%s'".formatted(name), roles);
		this.jdbc.sql("DELETE FROM access.api_token WHERE tenant_id = ? AND name = ?")
			.params(caller.tenant().value(), name)
			.update();
		record(caller.tenant(), "token.deleted", name, caller.actor(), Map.of());
	}

	private void recordOwner(Caller token, String owner) {
		this.jdbc
			.sql("""
					INSERT INTO access.token_owner (tenant_id, token_name, user_name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
					""")
			.params(token.tenant().value(), token.name(), owner)
			.update();
	}

	/** A session or a token may outlive its deleted user by some seconds. */
	private void requireExisting(TenantId tenant, @Nullable String owner) {
		if (owner != null
				&& this.jdbc.sql("SELECT 1 FROM access.app_user WHERE tenant_id = ? AND name = ? FOR KEY SHARE")
					.params(tenant.value(), owner)
					.query(Integer.class)
					.optional()
					.isEmpty()) {
			throw InvalidRequestException.conflict(
					"The user '%s', who would own the token, was deleted; sign in as another user".formatted(owner));
		}
	}

	private void requireValid(Caller caller, Set<TokenScope> scopes, @Nullable Instant expiresAt) {
		if (caller.roles().isEmpty()) {
			throw InvalidRequestException.badRequest("/roles",
					"must name at least one of " + Arrays.toString(Role.values()));
		}
		if (scopes.isEmpty()) {
			throw InvalidRequestException.badRequest("/scopes",
					"must name at least one of " + Arrays.toString(TokenScope.values()));
		}
		if (expiresAt != null && !expiresAt.isAfter(this.clock.instant())) {
			throw InvalidRequestException.badRequest("/expiresAt", "'%s' is not in the future".formatted(expiresAt));
		}
	}

	private void record(TenantId tenant, String kind, String name, String actor, Map<String, Object> facts) {
		this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(), kind, "token:" + name, actor, facts)));
	}

	private static ApiToken token(ResultSet row, int number) throws SQLException {
		Set<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
		for (String scope : (String[]) row.getArray("scopes").getArray()) {
			scopes.add(TokenScope.valueOf(scope));
		}
		return new ApiToken(row.getString("name"), RoleMapper.fromArray(row.getArray("roles")),
				TokenRoles.effective(row), scopes, row.getString("owner"), SqlTime.read(row, "created_at"),
				SqlTime.readNullable(row, "expires_at"));
	}

}
