package io.waypost.access.user;

import java.net.InetAddress;
import java.util.EnumSet;

import io.waypost.access.Caller;
import io.waypost.access.Role;
import io.waypost.access.Source;
import io.waypost.access.User;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Creates the accounts that the first sign-in needs, before the server accepts requests.
 * The credentials of the sample workspace are publicly known: they exist only while the
 * server listens on the loopback interface, and are deleted when the sample workspace is
 * switched off.
 */
@Component
@EnableConfigurationProperties(AccessSettings.class)
class InitialAccounts implements SmartInitializingSingleton {

	private static final Logger log = LoggerFactory.getLogger(InitialAccounts.class);

	private static final TenantId SAMPLE = new TenantId("demo");

	private static final User SAMPLE_USER = new User(SAMPLE, "demo", EnumSet.allOf(Role.class));

	private static final String SAMPLE_TOKEN = "demo-token";

	private static final String SAMPLE_KEY = "demo-write-key";

	private static final TenantId MAIN = new TenantId("main");

	private final AccountProvisioner accounts;

	private final AccessSettings settings;

	private final @Nullable InetAddress address;

	InitialAccounts(AccountProvisioner accounts, AccessSettings settings, ServerProperties server) {
		this.accounts = accounts;
		this.settings = settings;
		this.address = server.getAddress();
	}

	@Override
	public void afterSingletonsInstantiated() {
		String password = this.settings.admin().password();
		if (this.settings.sample()) {
			requireLoopback();
			createSample();
		}
		else if (password == null || password.isBlank()) {
			throw new StartupRefusedException("No user can sign in: the administrator has no password.",
					"Set waypost.admin.password (variable WAYPOST_ADMIN_PASSWORD). It becomes the password of user "
							+ "'admin' when the account is created.");
		}
		else {
			deleteSample();
		}
		if (password != null && !password.isBlank()) {
			createMain(password);
		}
	}

	private void requireLoopback() {
		if (this.address == null || !this.address.isLoopbackAddress()) {
			throw new StartupRefusedException(
					"The password of the sample workspace is publicly known, and server.address is %s.".formatted(
							(this.address != null) ? this.address.getHostAddress() : "empty (all network interfaces)"),
					"Set waypost.sample=false, or server.address=127.0.0.1.");
		}
	}

	private void createSample() {
		this.accounts.createTenant(SAMPLE);
		this.accounts.createUser(SAMPLE_USER, "waypost");
		this.accounts.createApiToken(new Caller(SAMPLE, "demo-token", EnumSet.allOf(Role.class)), SAMPLE_USER.name(),
				SAMPLE_TOKEN);
		this.accounts.createSource(new Source(SAMPLE, "demo"), SAMPLE_KEY);
	}

	private void deleteSample() {
		int deleted = this.accounts.delete(SAMPLE_USER, SAMPLE_TOKEN, SAMPLE_KEY);
		if (deleted > 0) {
			log.info("Deleted {} accounts of the sample workspace, because their credentials are publicly known",
					deleted);
		}
	}

	private void createMain(String password) {
		this.accounts.createTenant(MAIN);
		this.accounts.createUser(new User(MAIN, "admin", EnumSet.of(Role.ADMIN, Role.PLATFORM_ADMIN)), password);
	}

}
