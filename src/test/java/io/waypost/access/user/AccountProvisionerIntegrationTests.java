package io.waypost.access.user;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.Source;
import io.waypost.access.User;
import io.waypost.access.UserRepository;
import io.waypost.access.WriteKeyRepository;
import io.waypost.access.key.ApiTokenRepository;
import io.waypost.kernel.TenantId;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;

class AccountProvisionerIntegrationTests {

	private final JdbcClient jdbc = TestDatabase.migrated().client();

	private final MutableClock clock = MutableClock.at("2026-11-21T12:00:00Z");

	private final PasswordEncoder passwords = PasswordEncoderFactories.createDelegatingPasswordEncoder();

	private final AccountProvisioner accounts = new AccountProvisioner(this.jdbc, this.passwords, this.clock);

	private final UserRepository users = new UserRepository(this.jdbc, this.passwords);

	private final TenantId tenant = TestDatabase.newTenant();

	private final String name = this.tenant.value();

	@BeforeEach
	void createTenant() {
		this.accounts.createTenant(this.tenant);
	}

	@Test
	void createsUserWithRolesAndPassword() {
		User user = new User(this.tenant, this.name, EnumSet.of(Role.REVIEWER, Role.MARKETER));
		this.accounts.createUser(user, "secret");
		assertThat(this.users.find(this.name)).contains(user);
		assertThat(this.users.list()).contains(user);
		assertThat(this.users.authenticate(this.name, "secret")).contains(user);
	}

	@Test
	void refusesWrongPasswordAndUnknownName() {
		this.accounts.createUser(new User(this.tenant, this.name, Set.of()), "secret");
		assertThat(this.users.authenticate(this.name, "Secret")).isEmpty();
		assertThat(this.users.authenticate("unknown-name", "placeholder")).isEmpty();
	}

	@Test
	void keepsExistingAccounts() {
		this.accounts.createUser(new User(this.tenant, this.name, Set.of(Role.REVIEWER)), "first");
		this.accounts.createUser(new User(this.tenant, this.name, Set.of(Role.ADMIN)), "second");
		assertThat(this.users.authenticate(this.name, "first")).get()
			.extracting(User::roles)
			.isEqualTo(Set.of(Role.REVIEWER));
		assertThat(this.users.authenticate(this.name, "second")).isEmpty();
	}

	@Test
	void storesNoSecretInClearText() {
		this.accounts.createUser(new User(this.tenant, this.name, Set.of()), "clear-" + this.name);
		this.accounts.createApiToken(new Caller(this.tenant, "token", Set.of()), this.name, "clear-" + this.name);
		this.accounts.createSource(new Source(this.tenant, "shop"), "clear-" + this.name);
		String rows = this.jdbc.sql("""
				SELECT string_agg(content, ' ') FROM (
					SELECT t::text FROM access.app_user t UNION ALL
					SELECT t::text FROM access.api_token t UNION ALL
					SELECT t::text FROM access.write_key t) AS every_row(content)
				""").query(String.class).single();
		String hexadecimal = HexFormat.of().formatHex(this.name.getBytes(StandardCharsets.UTF_8));
		assertThat(rows).contains(this.name).doesNotContain("clear-" + this.name, hexadecimal);
	}

	@Test
	void refusesRevokedWriteKeyAfterCacheExpires() {
		WriteKeyRepository keys = new WriteKeyRepository(this.jdbc, this.clock);
		Source shop = new Source(this.tenant, "shop");
		this.accounts.createSource(shop, this.name);
		assertThat(keys.find(this.name)).contains(shop);
		this.jdbc.sql("DELETE FROM access.write_key WHERE tenant_id = ?").param(this.tenant.value()).update();
		assertThat(keys.find(this.name)).as("cached").contains(shop);
		this.clock.advance(Duration.ofSeconds(6));
		assertThat(keys.find(this.name)).isEmpty();
	}

	@Test
	void findsCallerOfToken() {
		Caller caller = new Caller(this.tenant, "reports", EnumSet.of(Role.COMPLIANCE));
		this.accounts.createApiToken(caller, this.name, this.name);
		ApiTokenRepository tokens = new ApiTokenRepository(this.jdbc, this.clock);
		assertThat(tokens.find(this.name)).map(ApiTokenRepository.TokenOwner::caller)
			.contains(Caller.ofToken(this.tenant, "reports", EnumSet.of(Role.COMPLIANCE)));
		assertThat(tokens.find(this.name + "x")).isEmpty();
	}

}
