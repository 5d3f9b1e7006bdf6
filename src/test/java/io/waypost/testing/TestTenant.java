package io.waypost.testing;

import java.util.Locale;

import io.waypost.access.Role;
import io.waypost.kernel.TenantId;

/** The tenant of {@link WaypostTest}, with its keys and people. */
public final class TestTenant {

	/** Id of the tenant. */
	public static final TenantId ID = new TenantId("test");

	/** Write key for {@code /v1/**}. */
	public static final String WRITE_KEY = "test-write-key";

	/** Token of the metrics scraper. */
	public static final String METRICS_TOKEN = "metrics-token-of-the-tests-0123456789";

	/** API token with every role, for {@code Authorization: Bearer}. */
	public static final String TOKEN = "test-token";

	/** API token of another person with every role, to approve what needs two persons. */
	public static final String COLLEAGUE = "test-colleague";

	/** Password of every user. */
	public static final String PASSWORD = "test-password";

	private TestTenant() {
	}

	/**
	 * Returns the user with one role, whose password is {@link #PASSWORD}.
	 * @param role the role
	 * @return the user's name
	 */
	public static String user(Role role) {
		return "test-" + role.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the API token with one role.
	 * @param role the role
	 * @return the token
	 */
	public static String token(Role role) {
		return "test-token-" + role.name().toLowerCase(Locale.ROOT);
	}

}
