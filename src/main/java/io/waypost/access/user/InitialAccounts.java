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
import org.springframework.stereotype.Component;

/**
 * Opens the accounts without which nobody could sign in, before the first request is
 * taken. The sample workspace's credentials are public knowledge, so they exist only
 * where no other machine can use them, and go when the data of a trial goes into service.
 */
@Component
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
			openSample();
		}
		else if (password == null || password.isBlank()) {
			throw new StartupRefused("Nobody could sign in: there is no administrator's password.",
					"Set waypost.admin.password (variable WAYPOST_ADMIN_PASSWORD). It becomes the password of user "
							+ "'admin' when that account is opened.");
		}
		else {
			closeSample();
		}
		if (password != null && !password.isBlank()) {
			openMain(password);
		}
	}

	private void requireLoopback() {
		if (this.address == null || !this.address.isLoopbackAddress()) {
			throw new StartupRefused(
					"The sample workspace has a password that everybody knows, and server.address is %s."
						.formatted((this.address != null) ? this.address.getHostAddress() : "open to every network"),
					"Set waypost.sample=false, or server.address=127.0.0.1.");
		}
	}

	private void openSample() {
		this.accounts.createTenant(SAMPLE);
		this.accounts.createUser(SAMPLE_USER, "waypost");
		this.accounts.createApiToken(new Caller(SAMPLE, "demo-token", EnumSet.allOf(Role.class)), SAMPLE_TOKEN);
		this.accounts.createSource(new Source(SAMPLE, "demo"), SAMPLE_KEY);
	}

	private void closeSample() {
		int closed = this.accounts.delete(SAMPLE_USER, SAMPLE_TOKEN, SAMPLE_KEY);
		if (closed > 0) {
			log.info("The {} accounts of the sample workspace are closed, because everybody knows their secrets",
					closed);
		}
	}

	private void openMain(String password) {
		this.accounts.createTenant(MAIN);
		this.accounts.createUser(new User(MAIN, "admin", EnumSet.of(Role.ADMIN)), password);
	}

}
