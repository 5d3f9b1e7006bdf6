package io.waypost.access.session;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import io.waypost.access.Caller;
import io.waypost.access.CredentialHandovers;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Role;
import io.waypost.access.SecondPersonSettings;
import io.waypost.access.User;
import io.waypost.access.UserRepository;
import io.waypost.access.secret.SecretGenerator;
import io.waypost.access.tenant.Tenants;
import io.waypost.access.user.AccountChangePolicy;
import io.waypost.access.user.AccountProvisioner;
import io.waypost.access.user.OwnedTokens;
import io.waypost.access.user.SecretAttempts;
import io.waypost.access.user.UserAccounts;
import io.waypost.database.ServedRegion;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UserSessionsIntegrationTests {

	private static final Duration CACHE = Duration.ofSeconds(5);

	private final TestDatabase database = TestDatabase.migrated();

	private final JdbcClient jdbc = this.database.client();

	private final MutableClock clock = MutableClock.at("2026-11-30T12:00:00Z");

	private final PasswordEncoder passwords = PasswordEncoderFactories.createDelegatingPasswordEncoder();

	private final Ledger ledger = new Ledger(this.database.dataSource(),
			new JdbcTransactionManager(this.database.dataSource()));

	private final SecretGenerator secrets = new SecretGenerator(new Random());

	private final UserRepository users = new UserRepository(this.jdbc, this.passwords);

	private final AccountChangePolicy policy = new AccountChangePolicy(this.users);

	private final UserSessions sessions = new UserSessions(this.jdbc, this.secrets, this.policy, this.ledger,
			this.clock);

	private final UserAccounts accounts = new UserAccounts(this.jdbc, this.users, this.policy,
			new CredentialHandovers(this.jdbc, new SecondPersonSettings(Duration.ofHours(24)), this.clock),
			new OwnedTokens(this.jdbc, this.ledger, this.clock),
			new Tenants(this.jdbc, this.ledger, new ServedRegion("", Map.of()), this.clock), this.passwords,
			new SecretAttempts(this.clock), this.secrets, this.ledger, this.clock);

	private final TenantId tenant = TestDatabase.newTenant();

	private final String name = "u-" + this.tenant.value();

	private final Caller admin = new Caller(this.tenant, "admin", EnumSet.of(Role.ADMIN));

	private final Caller caller = new Caller(this.tenant, this.name, EnumSet.of(Role.MARKETER));

	@BeforeEach
	void createUser() {
		AccountProvisioner provisioner = new AccountProvisioner(this.jdbc, this.passwords, this.clock);
		provisioner.createTenant(this.tenant);
		provisioner.createUser(new User(this.tenant, this.name, EnumSet.of(Role.MARKETER)), "correct horse battery");
	}

	@Test
	void keepsSessionActiveForTwelveHours() {
		String key = this.sessions.begin(this.caller);
		assertThat(this.sessions.isActive(key)).isTrue();
		this.clock.advance(Duration.ofHours(12).minusSeconds(1));
		assertThat(this.sessions.isActive(key)).isTrue();
		this.clock.advance(CACHE.plusSeconds(1));
		assertThat(this.sessions.isActive(key)).isFalse();
	}

	@Test
	void endsSessionsWithinFiveSecondsOfRoleChange() {
		String key = this.sessions.begin(this.caller);
		assertThat(this.sessions.isActive(key)).isTrue();
		this.accounts.assignRoles(this.admin, this.name, EnumSet.of(Role.REVIEWER));
		this.clock.advance(CACHE);
		assertThat(this.sessions.isActive(key)).isFalse();
		assertThat(this.sessions.list(this.tenant, this.name)).isEmpty();
	}

	@Test
	void endsSessionsWithinFiveSecondsOfPasswordChange() {
		String key = this.sessions.begin(this.caller);
		this.accounts.changePassword(this.tenant, this.name, "correct horse battery", "amber ladder seven coast");
		this.clock.advance(CACHE);
		assertThat(this.sessions.isActive(key)).isFalse();
		assertThat(this.sessions.isActive(this.sessions.begin(this.caller))).isTrue();
	}

	@Test
	void endsSessionsOfDeletedUser() {
		String key = this.sessions.begin(this.caller);
		this.accounts.delete(this.admin, this.name);
		this.clock.advance(CACHE);
		assertThat(this.sessions.isActive(key)).isFalse();
	}

	@Test
	void revokesOneSessionOrAll() {
		String first = this.sessions.begin(this.caller);
		this.clock.advance(Duration.ofMinutes(1));
		String second = this.sessions.begin(this.caller);
		String newest = this.sessions.list(this.tenant, this.name).getFirst().id();
		this.sessions.revoke(this.admin, this.name, Optional.of(newest));
		this.clock.advance(CACHE);
		assertThat(this.sessions.isActive(first)).isTrue();
		assertThat(this.sessions.isActive(second)).isFalse();
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> this.sessions.revoke(this.admin, this.name, Optional.of(newest)))
			.withMessageContaining(newest);
		this.sessions.revoke(this.admin, this.name, Optional.empty());
		this.clock.advance(CACHE);
		assertThat(this.sessions.isActive(first)).isFalse();
	}

	@Test
	void keepsNoUsableKeyInTheDatabase() {
		String key = this.sessions.begin(this.caller);
		assertThat(this.jdbc.sql("SELECT s::text FROM access.user_session s").query(String.class).list())
			.noneMatch((row) -> row.contains(key));
	}

}
