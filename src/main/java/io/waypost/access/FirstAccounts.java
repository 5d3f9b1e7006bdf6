package io.waypost.access;

import java.net.InetAddress;
import java.util.EnumSet;

import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.stereotype.Component;

/**
 * Opens the accounts without which nobody could sign in, before the first request is
 * taken. The sample workspace's credentials are public knowledge, so they exist only
 * where no other machine can use them.
 */
@Component
class FirstAccounts implements SmartInitializingSingleton {

	private static final TenantId SAMPLE = new TenantId("demo");

	private static final TenantId MAIN = new TenantId("main");

	private final Accounts accounts;

	private final AccessSettings settings;

	private final @Nullable InetAddress address;

	FirstAccounts(Accounts accounts, AccessSettings settings, ServerProperties server) {
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
			throw new StartRefused("Nobody could sign in: there is no administrator's password.",
					"Set waypost.admin.password (variable WAYPOST_ADMIN_PASSWORD). It becomes the password of user "
							+ "'admin' when that account is opened.");
		}
		if (password != null && !password.isBlank()) {
			openMain(password);
		}
	}

	private void requireLoopback() {
		if (this.address == null || !this.address.isLoopbackAddress()) {
			throw new StartRefused(
					"The sample workspace has a password that everybody knows, and server.address is %s."
						.formatted((this.address != null) ? this.address.getHostAddress() : "open to every network"),
					"Set waypost.sample=false, or server.address=127.0.0.1.");
		}
	}

	private void openSample() {
		this.accounts.openTenant(SAMPLE);
		this.accounts.openUser(new User(SAMPLE, "demo", EnumSet.allOf(Role.class)), "waypost");
		this.accounts.openToken(new Caller(SAMPLE, "demo-token", EnumSet.allOf(Role.class)), "demo-token");
		this.accounts.openSource(new Source(SAMPLE, "demo"), "demo-write-key");
	}

	private void openMain(String password) {
		this.accounts.openTenant(MAIN);
		this.accounts.openUser(new User(MAIN, "admin", EnumSet.of(Role.ADMIN)), password);
	}

}
