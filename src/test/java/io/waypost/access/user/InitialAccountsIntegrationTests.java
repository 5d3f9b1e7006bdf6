package io.waypost.access.user;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;

import io.waypost.access.Role;
import io.waypost.access.UserRepository;
import io.waypost.access.WriteKeyRepository;
import io.waypost.access.key.ApiTokenRepository;
import io.waypost.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InitialAccountsIntegrationTests {

	private final JdbcClient jdbc = TestDatabase.separate("initial_accounts_" + Math.abs(hashCode())).client();

	private final PasswordEncoder passwords = PasswordEncoderFactories.createDelegatingPasswordEncoder();

	private final UserRepository users = new UserRepository(this.jdbc, this.passwords);

	@Test
	void refusesToStartWithoutAdministrator() throws UnknownHostException {
		assertThatExceptionOfType(StartupRefusedException.class).isThrownBy(() -> start(false, null, "0.0.0.0"))
			.satisfies((refused) -> assertThat(refused.remedy()).contains("waypost.admin.password"));
		assertThatExceptionOfType(StartupRefusedException.class).isThrownBy(() -> start(false, " ", "0.0.0.0"));
	}

	@Test
	void createsAdministratorOnce() throws UnknownHostException {
		start(false, "first", "0.0.0.0");
		start(false, "second", "0.0.0.0");
		assertThat(this.users.authenticate("admin", "first")).get()
			.satisfies((admin) -> assertThat(admin.roles()).containsExactlyInAnyOrder(Role.ADMIN, Role.PLATFORM_ADMIN));
		assertThat(this.users.authenticate("admin", "second")).isEmpty();
		assertThat(this.users.find("demo")).as("sample user").isEmpty();
	}

	@Test
	void createsSampleAccountsOnLoopback() throws UnknownHostException {
		start(true, null, "127.0.0.1");
		assertThat(this.users.authenticate("demo", "waypost")).get()
			.satisfies((demo) -> assertThat(demo.roles()).containsExactlyInAnyOrder(Role.values()));
		assertThat(new WriteKeyRepository(this.jdbc, Clock.systemUTC()).find("demo-write-key")).isPresent();
		assertThat(new ApiTokenRepository(this.jdbc, Clock.systemUTC()).find("demo-token")).isPresent();
	}

	@Test
	void deletesSampleAccountsWhenSampleIsSwitchedOff() throws UnknownHostException {
		start(true, null, "127.0.0.1");
		start(false, "secret", "0.0.0.0");
		assertThat(this.users.find("demo")).isEmpty();
		assertThat(this.users.authenticate("admin", "secret")).isPresent();
		assertThat(new WriteKeyRepository(this.jdbc, Clock.systemUTC()).find("demo-write-key")).isEmpty();
		assertThat(new ApiTokenRepository(this.jdbc, Clock.systemUTC()).find("demo-token")).isEmpty();
		start(true, null, "127.0.0.1");
		assertThat(this.users.authenticate("demo", "waypost")).isPresent();
	}

	@Test
	void refusesSampleOnPublicAddress() {
		assertThatExceptionOfType(StartupRefusedException.class).isThrownBy(() -> start(true, null, "0.0.0.0"))
			.withMessageContaining("0.0.0.0");
		assertThatExceptionOfType(StartupRefusedException.class).isThrownBy(() -> start(true, null, null));
		assertThat(this.users.find("demo")).isEmpty();
	}

	private void start(boolean sample, @Nullable String password, @Nullable String address)
			throws UnknownHostException {
		ServerProperties server = new ServerProperties();
		server.setAddress((address != null) ? InetAddress.getByName(address) : null);
		AccountProvisioner accounts = new AccountProvisioner(this.jdbc, this.passwords, Clock.systemUTC());
		new InitialAccounts(accounts, new AccessSettings(sample, new AccessSettings.Administrator(password)), server)
			.afterSingletonsInstantiated();
	}

}
