package io.waypost.access.user;

import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.UserRepository;
import io.waypost.database.SqlTime;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Accounts of users who sign in with an identity provider. They are created at the first
 * sign-in, have no password, and get their roles from the provider's groups at each
 * sign-in. An account belongs to an issuer and a subject; names and e-mail addresses
 * never connect a sign-in with an existing account.
 */
@Component
public class ExternalUsers {

	private static final int NAME_LENGTH = 64;

	private static final int SUFFIX_BYTES = 4;

	private final JdbcClient jdbc;

	private final UserRepository users;

	private final UserNames names;

	private final Ledger ledger;

	private final Clock clock;

	public ExternalUsers(JdbcClient jdbc, UserRepository users, Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.users = users;
		this.names = new UserNames(jdbc);
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * A user at an identity provider.
	 *
	 * @param tenant the tenant that the provider is configured for
	 * @param provider name of the provider, as the ledger shows it
	 * @param issuer URL of the provider
	 * @param subject id of the user, unique for the issuer
	 */
	public record Identity(TenantId tenant, String provider, String issuer, String subject) {

		private String actor() {
			return "provider:" + this.provider;
		}

	}

	/**
	 * Creates or updates the account of a user who signs in. A change of roles ends the
	 * user's other sessions. Without a role the sign-in is refused, and the account loses
	 * its roles and its sessions.
	 * @param identity who signs in
	 * @param name wanted name of a new account; a suffix is added when it is taken
	 * @param roles roles by the groups of the user
	 * @return the user; empty when the sign-in is refused
	 * @throws IllegalStateException when the tenant does not exist
	 */
	@Transactional
	public Optional<User> signIn(Identity identity, String name, Set<Role> roles) {
		lockTenant(identity.tenant());
		Optional<User> known = find(identity);
		if (known.isPresent()) {
			assign(identity, known.get(), roles);
		}
		if (roles.isEmpty()) {
			record(identity, "user.sign_in_refused", known.map(User::name).orElse("unknown"), Map.of());
			return Optional.empty();
		}
		User user = new User(identity.tenant(), known.map(User::name).orElseGet(() -> create(identity, name, roles)),
				roles);
		this.jdbc.sql("""
				UPDATE access.external_identity SET signed_in_at = ?
				WHERE tenant_id = ? AND issuer = ? AND subject = ?
				""")
			.params(SqlTime.of(this.clock.instant()), identity.tenant().value(), identity.issuer(), identity.subject())
			.update();
		return Optional.of(user);
	}

	/** Two first sign-ins of the same user at the same time wait for each other. */
	private void lockTenant(TenantId tenant) {
		boolean exists = this.jdbc.sql("SELECT 1 FROM access.tenant WHERE tenant_id = ? FOR NO KEY UPDATE")
			.param(tenant.value())
			.query(Integer.class)
			.optional()
			.isPresent();
		if (!exists) {
			throw new IllegalStateException(
					"waypost.sign-in.oidc names the tenant '%s', which does not exist; create it first"
						.formatted(tenant));
		}
	}

	private Optional<User> find(Identity identity) {
		return this.jdbc.sql("""
				SELECT user_name FROM access.external_identity WHERE tenant_id = ? AND issuer = ? AND subject = ?
				""")
			.params(identity.tenant().value(), identity.issuer(), identity.subject())
			.query(String.class)
			.optional()
			.flatMap(this.users::find);
	}

	private String create(Identity identity, String wanted, Set<Role> roles) {
		String name = insert(identity, wanted);
		this.jdbc.sql("""
				INSERT INTO access.external_identity (tenant_id, issuer, subject, user_name, provider, signed_in_at)
				VALUES (?, ?, ?, ?, ?, ?)
				""")
			.params(identity.tenant().value(), identity.issuer(), identity.subject(), name, identity.provider(),
					SqlTime.of(this.clock.instant()))
			.update();
		insertRoles(new User(identity.tenant(), name, roles));
		record(identity, "user.created", name, Map.of("roles", List.of(RoleMapper.toArray(roles))));
		return name;
	}

	/** Inserts the account under the first free name. */
	private String insert(Identity identity, String wanted) {
		String suffix = "-" + suffix(identity);
		String cleaned = wanted.replaceAll("[^A-Za-z0-9_.@-]", "").replaceFirst("^[^A-Za-z0-9]+", "");
		String base = (cleaned.isEmpty() ? "user" : cleaned);
		String shortened = base.substring(0, Math.min(base.length(), NAME_LENGTH - suffix.length()));
		for (String name : List.of(shortened, shortened + suffix)) {
			if (this.names.isUsable(name)) {
				this.jdbc.sql("INSERT INTO access.app_user (tenant_id, name, created_at) VALUES (?, ?, ?)")
					.params(identity.tenant().value(), name, SqlTime.of(this.clock.instant()))
					.update();
				return name;
			}
		}
		throw new IllegalStateException("The names '%s' and '%s%s' are taken; delete or rename one of these users"
			.formatted(shortened, shortened, suffix));
	}

	private static String suffix(Identity identity) {
		byte[] hash = Fingerprint
			.ofText(identity.tenant().value() + '\n' + identity.issuer() + '\n' + identity.subject())
			.bytes();
		return HexFormat.of().formatHex(hash, 0, SUFFIX_BYTES);
	}

	private void assign(Identity identity, User before, Set<Role> roles) {
		if (before.roles().equals(roles)) {
			return;
		}
		this.jdbc.sql("DELETE FROM access.user_role WHERE tenant_id = ? AND user_name = ?")
			.params(before.tenant().value(), before.name())
			.update();
		insertRoles(new User(before.tenant(), before.name(), roles));
		this.jdbc.sql("UPDATE access.app_user SET version = version + 1 WHERE tenant_id = ? AND name = ?")
			.params(before.tenant().value(), before.name())
			.update();
		record(identity, "user.roles_assigned", before.name(), Map.of("roles", List.of(RoleMapper.toArray(roles)),
				"before", List.of(RoleMapper.toArray(before.roles()))));
	}

	private void insertRoles(User user) {
		this.jdbc.sql("INSERT INTO access.user_role (tenant_id, user_name, role) SELECT ?, ?, unnest(?::text[])")
			.params(user.tenant().value(), user.name(), RoleMapper.toArray(user.roles()))
			.update();
	}

	private void record(Identity identity, String kind, String name, Map<String, Object> facts) {
		this.ledger.record(List.of(new LedgerEntry(identity.tenant(), this.clock.instant(), kind, "user:" + name,
				identity.actor(), facts)));
	}

}
