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

import io.waypost.access.Caller;
import io.waypost.access.CredentialHandovers;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Role;
import io.waypost.access.User;
import io.waypost.access.UserRepository;
import io.waypost.access.secret.PasswordRules;
import io.waypost.access.secret.SecretGenerator;
import io.waypost.access.tenant.Tenants;
import io.waypost.database.SqlTime;
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

	private final JdbcClient jdbc;

	private final UserRepository users;

	private final UserNames names;

	private final InvitationRepository invitations;

	private final LastAdministrators administrators;

	private final AccountChangePolicy policy;

	private final CredentialHandovers handovers;

	private final OwnedTokens tokens;

	private final Tenants tenants;

	private final PasswordEncoder passwords;

	private final SecretAttempts attempts;

	private final SecretGenerator secrets;

	private final Ledger ledger;

	private final Clock clock;

	public UserAccounts(JdbcClient jdbc, UserRepository users, AccountChangePolicy policy,
			CredentialHandovers handovers, OwnedTokens tokens, Tenants tenants, PasswordEncoder passwords,
			SecretAttempts attempts, SecretGenerator secrets, Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.users = users;
		this.names = new UserNames(jdbc);
		this.invitations = new InvitationRepository(jdbc);
		this.administrators = new LastAdministrators(jdbc);
		this.policy = policy;
		this.handovers = handovers;
		this.tokens = tokens;
		this.tenants = tenants;
		this.passwords = passwords;
		this.attempts = attempts;
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
				""".formatted(LastAdministrators.ACTIVE))
			.params(tenant.value(), after, limit)
			.query(UserAccounts::account)
			.list();
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
				""".formatted(LastAdministrators.ACTIVE))
			.params(tenant.value(), name)
			.query(UserAccounts::account)
			.optional();
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
		return newInvitation(user.tenant(), user.name(), actor);
	}

	/**
	 * Creates a new invitation for an existing user, who may have forgotten the password.
	 * An earlier invitation stops working; the current password works until a new one is
	 * chosen.
	 * @param caller who invites
	 * @param name the user
	 * @return the invitation
	 * @throws InvalidRequestException a 404 for an unknown user, a 403 for an account
	 * with more rights than the caller's, a 409 for a user of an identity provider
	 */
	@Transactional
	public Invitation inviteAgain(Caller caller, String name) {
		TenantId tenant = this.policy.require(caller, name).tenant();
		requireOwnPassword(tenant, name);
		record(tenant, "user.invited_again", name, caller.actor(), Map.of());
		return newInvitation(tenant, name, caller.actor());
	}

	/**
	 * Finds the user that an open invitation belongs to.
	 * @param secret last part of the link
	 * @return the user; empty for an unknown, used or expired invitation
	 */
	public Optional<User> findInvited(String secret) {
		return this.invitations.findUser(secret, this.clock.instant()).flatMap(this.users::find);
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
			String inviter = this.invitations.use(secret)
				.orElseThrow(
						() -> InvalidRequestException.conflict("The invitation was used meanwhile; ask for a new one"));
			this.handovers.record(user.tenant(), user.name(), inviter);
			setPassword(user, password, Map.of("invitedBy", inviter));
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
	 * that breaks the rules, a 429 after too many wrong ones
	 */
	@Transactional
	public void changePassword(TenantId tenant, String name, String current, String password) {
		this.attempts.requireAllowed(name);
		User user = this.users.authenticate(name, current)
			.filter((found) -> found.tenant().equals(tenant))
			.orElseThrow(() -> {
				this.attempts.failed(name);
				return InvalidRequestException.badRequest("/currentPassword", "is wrong");
			});
		requireGoodPassword(password, name);
		setPassword(user, password, Map.of());
	}

	/**
	 * Replaces the roles of a user.
	 * @param caller who assigns them
	 * @param name the user
	 * @param roles the new roles
	 * @throws InvalidRequestException a 400 without a role, a 404 for an unknown user, a
	 * 403 for roles or an account with more rights than the caller's, a 409 when no
	 * administrator of the tenant or of the installation would be left, or when an
	 * identity provider decides the roles
	 */
	@Transactional
	public void assignRoles(Caller caller, String name, Set<Role> roles) {
		requireRole(roles);
		this.administrators.lock(caller.tenant());
		User before = this.policy.require(caller, name);
		AccountChangePolicy.requireCovered(caller, "change '%s' into an account".formatted(name), roles);
		requireOwnPassword(before.tenant(), name);
		before.roles()
			.stream()
			.filter((role) -> !roles.contains(role))
			.forEach((role) -> this.administrators.requireOther(before, role));
		User after = new User(before.tenant(), name, roles);
		this.jdbc.sql("DELETE FROM access.user_role WHERE tenant_id = ? AND user_name = ?")
			.params(after.tenant().value(), name)
			.update();
		insertRoles(after);
		endSessions(after.tenant(), name);
		record(after.tenant(), "user.roles_assigned", name, caller.actor(),
				Map.of("roles", names(roles), "before", names(before.roles())));
	}

	/**
	 * Deletes a user with the user's API tokens. What the user did stays in the ledger.
	 * @param caller who deletes it
	 * @param name the user
	 * @return names of the deleted tokens
	 * @throws InvalidRequestException a 404 for an unknown user, a 403 for an account
	 * with more rights than the caller's, a 409 for the last administrator of a tenant or
	 * of the installation
	 */
	@Transactional
	public List<String> delete(Caller caller, String name) {
		this.administrators.lock(caller.tenant());
		User user = this.policy.require(caller, name);
		user.roles().forEach((role) -> this.administrators.requireOther(user, role));
		List<String> deleted = this.tokens.delete(user.tenant(), name, caller.actor());
		this.jdbc.sql("DELETE FROM access.app_user WHERE tenant_id = ? AND name = ?")
			.params(user.tenant().value(), name)
			.update();
		record(user.tenant(), "user.deleted", name, caller.actor(), Map.of("tokens", deleted));
		return deleted;
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

	/** The one who invites sees the link, and can use it. */
	private Invitation newInvitation(TenantId tenant, String name, String actor) {
		Invitation invitation = new Invitation(this.secrets.next(SecretGenerator.SecretKind.INVITATION),
				this.clock.instant().plus(INVITATION_LIFETIME).truncatedTo(ChronoUnit.SECONDS));
		this.invitations.save(tenant, name, invitation, actor);
		this.handovers.record(tenant, name, actor);
		return invitation;
	}

	private void setPassword(User user, String password, Map<String, Object> facts) {
		this.jdbc.sql("UPDATE access.app_user SET password = ?, version = version + 1 WHERE tenant_id = ? AND name = ?")
			.params(this.passwords.encode(password), user.tenant().value(), user.name())
			.update();
		record(user.tenant(), "user.password_changed", user.name(), "user:" + user.name(), facts);
	}

	private void endSessions(TenantId tenant, String name) {
		this.jdbc.sql("UPDATE access.app_user SET version = version + 1 WHERE tenant_id = ? AND name = ?")
			.params(tenant.value(), name)
			.update();
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
