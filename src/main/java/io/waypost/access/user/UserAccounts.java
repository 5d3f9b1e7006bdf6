package io.waypost.access.user;

import java.sql.SQLException;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.UserRepository;
import io.waypost.access.secret.PasswordRules;
import io.waypost.access.secret.SecretGenerator;
import io.waypost.access.tenant.Tenants;
import io.waypost.database.SqlTime;
import io.waypost.database.TenantScope;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Administration of user accounts. A new user gets an invitation: a link, shown once, to
 * a page where the user chooses a password. Every change is recorded in the tenant's
 * ledger and ends the user's sessions.
 */
@Component
public class UserAccounts {

	private static final Duration INVITATION_LIFETIME = Duration.ofHours(72);

	private static final String ACTIVE = """
			((u.password IS NOT NULL OR EXISTS (SELECT 1 FROM access.external_identity i
				WHERE i.tenant_id = u.tenant_id AND i.user_name = u.name))
				AND NOT EXISTS (SELECT 1 FROM access.scim_user s
					WHERE s.tenant_id = u.tenant_id AND s.user_name = u.name AND NOT s.active))""";

	private final JdbcClient jdbc;

	private final UserRepository users;

	private final UserNames names;

	private final Tenants tenants;

	private final PasswordEncoder passwords;

	private final SecretGenerator secrets;

	private final Ledger ledger;

	private final Clock clock;

	public UserAccounts(JdbcClient jdbc, UserRepository users, Tenants tenants, PasswordEncoder passwords,
			SecretGenerator secrets, Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.users = users;
		this.names = new UserNames(jdbc);
		this.tenants = tenants;
		this.passwords = passwords;
		this.secrets = secrets;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * An account in a list.
	 *
	 * @param name sign-in name
	 * @param roles the user's roles
	 * @param createdAt when it was created
	 * @param active whether the user has chosen a password, or signs in with an identity
	 * provider
	 */
	public record UserAccount(String name, Set<Role> roles, Instant createdAt, boolean active) {

	}

	/**
	 * An invitation.
	 *
	 * @param secret last part of the link; only its hash is stored
	 * @param expiresAt when the link stops working
	 */
	public record Invitation(String secret, Instant expiresAt) {

		/** Returns the path of the page where the user chooses a password. */
		public String path() {
			return "/invitation/" + this.secret;
		}

	}

	/**
	 * Lists the users of a tenant by name.
	 * @param tenant the tenant
	 * @param after name of the last one on the page before, empty for the first page
	 * @param limit most rows
	 * @return at most so many
	 */
	public List<UserAccount> list(TenantId tenant, String after, int limit) {
		return this.jdbc.sql("""
				SELECT u.name, u.created_at, %s AS active,
					array_remove(array_agg(r.role), NULL) AS roles
				FROM access.app_user u
				LEFT JOIN access.user_role r ON r.tenant_id = u.tenant_id AND r.user_name = u.name
				WHERE u.tenant_id = ? AND u.name > ?
				GROUP BY u.tenant_id, u.name
				ORDER BY u.name
				LIMIT ?
				""".formatted(ACTIVE)).params(tenant.value(), after, limit).query(UserAccounts::account).list();
	}

	/**
	 * Finds a user of a tenant.
	 * @param tenant the tenant
	 * @param name name of the user
	 * @return the user, empty when the tenant has no such user
	 */
	public Optional<UserAccount> find(TenantId tenant, String name) {
		return this.jdbc.sql("""
				SELECT u.name, u.created_at, %s AS active,
					(SELECT coalesce(array_agg(r.role), '{}') FROM access.user_role r
						WHERE r.tenant_id = u.tenant_id AND r.user_name = u.name) AS roles
				FROM access.app_user u WHERE u.tenant_id = ? AND u.name = ?
				""".formatted(ACTIVE)).params(tenant.value(), name).query(UserAccounts::account).optional();
	}

	private static UserAccount account(ResultSet row, int number) throws SQLException {
		return new UserAccount(row.getString("name"), RoleMapper.fromArray(row.getArray("roles")),
				SqlTime.read(row, "created_at"), row.getBoolean("active"));
	}

	/**
	 * Creates a user without a password, and an invitation to choose one.
	 * @param user tenant, name and roles
	 * @param actor who invites, as the ledger shows it
	 * @return the invitation
	 * @throws InvalidRequestException a 400 for an invalid name or without a role, a 404
	 * for an unknown tenant, a 409 when the name is taken
	 */
	@Transactional
	public Invitation invite(User user, String actor) {
		this.names.requireUsable(user.name());
		requireRole(user.roles());
		this.tenants.requireExisting(user.tenant());
		insert(user);
		record(user.tenant(), "user.invited", user.name(), actor, Map.of("roles", names(user.roles())));
		return newInvitation(user.tenant(), user.name());
	}

	/**
	 * Creates a new invitation for an existing user, who may have forgotten the password.
	 * An earlier invitation stops working; the current password works until a new one is
	 * chosen.
	 * @param tenant the tenant
	 * @param name the user
	 * @param actor who invites
	 * @return the invitation
	 * @throws InvalidRequestException a 404 for an unknown user, a 409 for a user of an
	 * identity provider
	 */
	@Transactional
	public Invitation inviteAgain(TenantId tenant, String name, String actor) {
		require(tenant, name);
		requireOwnPassword(tenant, name);
		record(tenant, "user.invited_again", name, actor, Map.of());
		return newInvitation(tenant, name);
	}

	/**
	 * Finds the user that an open invitation belongs to.
	 * @param secret last part of the link
	 * @return the user; empty for an unknown, used or expired invitation
	 */
	public Optional<User> findInvited(String secret) {
		return TenantScope
			.all(() -> this.jdbc.sql("SELECT user_name FROM access.invitation WHERE hash = ? AND expires_at > ?")
				.params(Fingerprint.ofText(secret).bytes(), SqlTime.of(this.clock.instant()))
				.query(String.class)
				.optional())
			.flatMap(this.users::find);
	}

	/**
	 * Sets the password that an invited user chose. The invitation stops working.
	 * @param secret last part of the link
	 * @param password in clear text
	 * @return the user; empty for an unknown, used or expired invitation
	 * @throws InvalidRequestException a 400 for a password that breaks the rules; the
	 * invitation stays open
	 */
	@Transactional
	public Optional<User> acceptInvitation(String secret, String password) {
		Optional<User> invited = findInvited(secret);
		invited.ifPresent((user) -> {
			requireGoodPassword(password, user.name());
			int open = this.jdbc.sql("DELETE FROM access.invitation WHERE hash = ?")
				.param(Fingerprint.ofText(secret).bytes())
				.update();
			if (open == 0) {
				throw InvalidRequestException.conflict("The invitation was used meanwhile; ask for a new one");
			}
			setPassword(user, password);
		});
		return invited;
	}

	/**
	 * Changes a user's own password.
	 * @param tenant the tenant
	 * @param name the user
	 * @param current the current password
	 * @param password the new one
	 * @throws InvalidRequestException a 400 for a wrong current password or a new one
	 * that breaks the rules
	 */
	@Transactional
	public void changePassword(TenantId tenant, String name, String current, String password) {
		User user = this.users.authenticate(name, current)
			.filter((found) -> found.tenant().equals(tenant))
			.orElseThrow(() -> InvalidRequestException.badRequest("/currentPassword", "is wrong"));
		requireGoodPassword(password, name);
		setPassword(user, password);
	}

	/**
	 * Replaces the roles of a user.
	 * @param user tenant, name and the new roles
	 * @param actor who assigns them
	 * @throws InvalidRequestException a 400 without a role, a 404 for an unknown user, a
	 * 409 when the tenant would have no administrator left, or when an identity provider
	 * decides the roles
	 */
	@Transactional
	public void assignRoles(User user, String actor) {
		requireRole(user.roles());
		lockAccounts(user.tenant());
		User before = require(user.tenant(), user.name());
		requireOwnPassword(user.tenant(), user.name());
		if (!user.roles().contains(Role.ADMIN)) {
			requireOtherAdministrator(before);
		}
		this.jdbc.sql("DELETE FROM access.user_role WHERE tenant_id = ? AND user_name = ?")
			.params(user.tenant().value(), user.name())
			.update();
		insertRoles(user);
		endSessions(user.tenant(), user.name());
		record(user.tenant(), "user.roles_assigned", user.name(), actor,
				Map.of("roles", names(user.roles()), "before", names(before.roles())));
	}

	/**
	 * Deletes a user. What the user did stays in the ledger.
	 * @param tenant the tenant
	 * @param name the user
	 * @param actor who deletes it
	 * @throws InvalidRequestException a 404 for an unknown user, a 409 for the last
	 * administrator of a tenant
	 */
	@Transactional
	public void delete(TenantId tenant, String name, String actor) {
		lockAccounts(tenant);
		requireOtherAdministrator(require(tenant, name));
		this.jdbc.sql("DELETE FROM access.app_user WHERE tenant_id = ? AND name = ?")
			.params(tenant.value(), name)
			.update();
		record(tenant, "user.deleted", name, actor, Map.of());
	}

	private void insert(User user) {
		this.jdbc.sql("INSERT INTO access.app_user (tenant_id, name, created_at) VALUES (?, ?, ?)")
			.params(user.tenant().value(), user.name(), SqlTime.of(this.clock.instant()))
			.update();
		insertRoles(user);
	}

	private void insertRoles(User user) {
		this.jdbc.sql("INSERT INTO access.user_role (tenant_id, user_name, role) SELECT ?, ?, unnest(?::text[])")
			.params(user.tenant().value(), user.name(), RoleMapper.toArray(user.roles()))
			.update();
	}

	private Invitation newInvitation(TenantId tenant, String name) {
		Invitation invitation = new Invitation(this.secrets.next(SecretGenerator.SecretKind.INVITATION),
				this.clock.instant().plus(INVITATION_LIFETIME).truncatedTo(ChronoUnit.SECONDS));
		this.jdbc.sql("""
				INSERT INTO access.invitation (tenant_id, user_name, hash, expires_at) VALUES (?, ?, ?, ?)
				ON CONFLICT (tenant_id, user_name) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at
				""")
			.params(tenant.value(), name, Fingerprint.ofText(invitation.secret()).bytes(),
					SqlTime.of(invitation.expiresAt()))
			.update();
		return invitation;
	}

	private void setPassword(User user, String password) {
		this.jdbc.sql("UPDATE access.app_user SET password = ?, version = version + 1 WHERE tenant_id = ? AND name = ?")
			.params(this.passwords.encode(password), user.tenant().value(), user.name())
			.update();
		record(user.tenant(), "user.password_changed", user.name(), "user:" + user.name(), Map.of());
	}

	private void endSessions(TenantId tenant, String name) {
		this.jdbc.sql("UPDATE access.app_user SET version = version + 1 WHERE tenant_id = ? AND name = ?")
			.params(tenant.value(), name)
			.update();
	}

	/** Two administrators who remove each other at the same time wait for each other. */
	private void lockAccounts(TenantId tenant) {
		this.jdbc.sql("SELECT 1 FROM access.tenant WHERE tenant_id = ? FOR UPDATE")
			.param(tenant.value())
			.query(Integer.class)
			.optional();
	}

	private User require(TenantId tenant, String name) {
		return this.users.find(name)
			.filter((user) -> user.tenant().equals(tenant))
			.orElseThrow(() -> InvalidRequestException
				.notFound("There is no user '%s'; GET /api/v1/users lists the users".formatted(name)));
	}

	private void requireOwnPassword(TenantId tenant, String name) {
		this.jdbc
			.sql("""
					SELECT coalesce(
						(SELECT min(provider) FROM access.external_identity WHERE tenant_id = :tenant AND user_name = :name),
						(SELECT 'SCIM' FROM access.scim_user WHERE tenant_id = :tenant AND user_name = :name))
					""")
			.param("tenant", tenant.value())
			.param("name", name)
			.query((row, number) -> Optional.ofNullable(row.getString(1)))
			.single()
			.ifPresent((provider) -> {
				throw InvalidRequestException
					.conflict("'%s' signs in with the identity provider '%s'; change the user's groups there"
						.formatted(name, provider));
			});
	}

	private void requireOtherAdministrator(User user) {
		boolean other = this.jdbc.sql("""
				SELECT count(*) FROM access.app_user u
				JOIN access.user_role r ON r.tenant_id = u.tenant_id AND r.user_name = u.name
				WHERE u.tenant_id = ? AND u.name <> ? AND r.role = 'ADMIN' AND %s
				""".formatted(ACTIVE)).params(user.tenant().value(), user.name()).query(Long.class).single() > 0;
		if (user.roles().contains(Role.ADMIN) && !other) {
			throw InvalidRequestException
				.conflict("'%s' is the last active administrator; give another user the role ADMIN first"
					.formatted(user.name()));
		}
	}

	private static void requireRole(Set<Role> roles) {
		if (roles.isEmpty()) {
			throw InvalidRequestException.badRequest("/roles",
					"must name at least one of " + String.join(", ", names(Set.of(Role.values()))));
		}
	}

	private static void requireGoodPassword(String password, String name) {
		PasswordRules.problem(password, name).ifPresent((problem) -> {
			throw InvalidRequestException.badRequest("/password", problem);
		});
	}

	private void record(TenantId tenant, String kind, String name, String actor, Map<String, Object> facts) {
		this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(), kind, "user:" + name, actor, facts)));
	}

	private static List<String> names(Set<Role> roles) {
		return List.of(RoleMapper.toArray(roles));
	}

}
