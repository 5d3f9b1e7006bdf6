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
 * sign-in or by a directory with SCIM, have no password, and get their roles from groups.
 * An account belongs to an issuer and a subject; names and e-mail addresses never connect
 * a sign-in with an existing account. Only an account that a directory created is found
 * by the id of the user in the directory.
 */
@Component
public class ExternalUsers {

	private static final int NAME_LENGTH = 64;

	private static final int SUFFIX_BYTES = 4;

	private final JdbcClient jdbc;

	private final UserRepository users;

	private final UserNames names;

	private final DirectoryAccounts directory;

	private final Ledger ledger;

	private final Clock clock;

	ExternalUsers(JdbcClient jdbc, UserRepository users, DirectoryAccounts directory, Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.users = users;
		this.names = new UserNames(jdbc);
		this.directory = directory;
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
	 * @param directoryId id of the user in the directory; empty if unknown
	 * @param justInTime whether a first sign-in creates an account
	 */
	public record Identity(TenantId tenant, String provider, String issuer, String subject, String directoryId,
			boolean justInTime) {

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
		Optional<User> known = find(identity).or(() -> connect(identity));
		Set<Role> granted = granted(identity, known, roles);
		known.ifPresent((user) -> assignRoles(user, granted, identity.actor()));
		if (granted.isEmpty()) {
			record(identity, "user.sign_in_refused", known.map(User::name).orElse("unknown"), Map.of());
			return Optional.empty();
		}
		String account = known.map(User::name).orElseGet(() -> createConnected(identity, name, granted));
		this.jdbc.sql("""
				UPDATE access.external_identity SET signed_in_at = ?
				WHERE tenant_id = ? AND issuer = ? AND subject = ?
				""")
			.params(SqlTime.of(this.clock.instant()), identity.tenant().value(), identity.issuer(), identity.subject())
			.update();
		return Optional.of(new User(identity.tenant(), account, granted));
	}

	/** The directory's word counts more than the groups of a sign-in. */
	private Set<Role> granted(Identity identity, Optional<User> known, Set<Role> roles) {
		if (known.isEmpty()) {
			return identity.justInTime() ? roles : Set.of();
		}
		Optional<Boolean> active = this.directory.findActive(identity.tenant(), known.get().name());
		if (active.isEmpty()) {
			return roles;
		}
		if (!active.get()) {
			return Set.of();
		}
		return this.directory.hasGroups(identity.tenant()) ? known.get().roles() : roles;
	}

	private Optional<User> connect(Identity identity) {
		if (identity.directoryId().isEmpty()) {
			return Optional.empty();
		}
		Optional<String> account = this.directory.findUnconnected(identity.tenant(), identity.issuer(),
				identity.directoryId());
		account.ifPresent((name) -> {
			insertIdentity(identity, name);
			record(identity, "user.connected", name, Map.of());
		});
		return account.flatMap(this.users::find);
	}

	/**
	 * Lets two changes of the users of a tenant at the same time wait for each other, for
	 * example two first sign-ins of the same user.
	 * @param tenant the tenant
	 * @throws IllegalStateException when the tenant does not exist
	 */
	public void lockTenant(TenantId tenant) {
		boolean exists = this.jdbc.sql("SELECT 1 FROM access.tenant WHERE tenant_id = ? FOR NO KEY UPDATE")
			.param(tenant.value())
			.query(Integer.class)
			.optional()
			.isPresent();
		if (!exists) {
			throw new IllegalStateException(
					"waypost.sign-in names the tenant '%s', which does not exist; create it first".formatted(tenant));
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

	private String createConnected(Identity identity, String wanted, Set<Role> roles) {
		String name = create(identity.tenant(), wanted, identity.issuer() + '\n' + identity.subject(), roles,
				identity.actor());
		insertIdentity(identity, name);
		return name;
	}

	private void insertIdentity(Identity identity, String name) {
		this.jdbc.sql("""
				INSERT INTO access.external_identity (tenant_id, issuer, subject, user_name, provider, signed_in_at)
				VALUES (?, ?, ?, ?, ?, ?)
				""")
			.params(identity.tenant().value(), identity.issuer(), identity.subject(), name, identity.provider(),
					SqlTime.of(this.clock.instant()))
			.update();
	}

	/**
	 * Creates an account without a password.
	 * @param tenant the tenant
	 * @param wanted wanted name; a suffix is added when it is taken
	 * @param id id of the user outside Waypost; decides the suffix
	 * @param roles roles, may be empty
	 * @param actor who creates it, as the ledger shows it
	 * @return the name of the account
	 */
	@Transactional
	public String create(TenantId tenant, String wanted, String id, Set<Role> roles, String actor) {
		String name = insert(tenant, wanted, id);
		insertRoles(new User(tenant, name, roles));
		record(tenant, "user.created", name, actor, Map.of("roles", List.of(RoleMapper.toArray(roles))));
		return name;
	}

	/**
	 * Finds the account that a sign-in created before the directory sends the user.
	 * @param tenant the tenant
	 * @param externalId id of the user in the directory
	 * @return name of the account
	 */
	public Optional<String> findSignedIn(TenantId tenant, String externalId) {
		return this.directory.findSignedIn(tenant, externalId);
	}

	/** Inserts the account under the first free name. */
	private String insert(TenantId tenant, String wanted, String id) {
		String suffix = "-" + suffix(tenant, id);
		String cleaned = wanted.replaceAll("[^A-Za-z0-9_.@-]", "").replaceFirst("^[^A-Za-z0-9]+", "");
		String base = (cleaned.isEmpty() ? "user" : cleaned);
		String shortened = base.substring(0, Math.min(base.length(), NAME_LENGTH - suffix.length()));
		for (String name : List.of(shortened, shortened + suffix)) {
			if (this.names.isUsable(name)) {
				this.jdbc.sql("INSERT INTO access.app_user (tenant_id, name, created_at) VALUES (?, ?, ?)")
					.params(tenant.value(), name, SqlTime.of(this.clock.instant()))
					.update();
				return name;
			}
		}
		throw new IllegalStateException("The names '%s' and '%s%s' are taken; delete or rename one of these users"
			.formatted(shortened, shortened, suffix));
	}

	private static String suffix(TenantId tenant, String id) {
		byte[] hash = Fingerprint.ofText(tenant.value() + '\n' + id).bytes();
		return HexFormat.of().formatHex(hash, 0, SUFFIX_BYTES);
	}

	/**
	 * Replaces the roles of an account; a change ends its sessions.
	 * @param before the account
	 * @param roles the new roles, may be empty
	 * @param actor who changes them, as the ledger shows it
	 */
	@Transactional
	public void assignRoles(User before, Set<Role> roles, String actor) {
		if (before.roles().equals(roles)) {
			return;
		}
		this.jdbc.sql("DELETE FROM access.user_role WHERE tenant_id = ? AND user_name = ?")
			.params(before.tenant().value(), before.name())
			.update();
		insertRoles(new User(before.tenant(), before.name(), roles));
		endSessions(before.tenant(), before.name());
		record(before.tenant(), "user.roles_assigned", before.name(), actor, Map.of("roles",
				List.of(RoleMapper.toArray(roles)), "before", List.of(RoleMapper.toArray(before.roles()))));
	}

	/** Ends the sessions of an account. */
	@Transactional
	public void endSessions(TenantId tenant, String account) {
		this.jdbc.sql("UPDATE access.app_user SET version = version + 1 WHERE tenant_id = ? AND name = ?")
			.params(tenant.value(), account)
			.update();
	}

	private void insertRoles(User user) {
		this.jdbc.sql("INSERT INTO access.user_role (tenant_id, user_name, role) SELECT ?, ?, unnest(?::text[])")
			.params(user.tenant().value(), user.name(), RoleMapper.toArray(user.roles()))
			.update();
	}

	private void record(Identity identity, String kind, String name, Map<String, Object> facts) {
		record(identity.tenant(), kind, name, identity.actor(), facts);
	}

	private void record(TenantId tenant, String kind, String name, String actor, Map<String, Object> facts) {
		this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(), kind, "user:" + name, actor, facts)));
	}

}
