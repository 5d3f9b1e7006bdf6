package io.waypost.access.user;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.waypost.access.InvalidRequestException;
import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.TenantScope;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Checks the names of new users. Names appear in paths, in the ledger and in the engine,
 * and people read them: two names must not differ by case only, and none may look like
 * the system.
 */
class UserNames {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

	private static final Set<String> RESERVED = Set.of("admin", "administrator", "anonymous", "anonymoususer",
			"camunda", "camunda-admin", "engine", "false", "me", "none", "null", "platform", "root", "system", "true",
			"undefined", "unknown", "waypost");

	private final JdbcClient jdbc;

	private final AdvisoryLocks locks;

	UserNames(JdbcClient jdbc) {
		this.jdbc = jdbc;
		this.locks = new AdvisoryLocks(jdbc);
	}

	/**
	 * Requires a name that a new user may have. Waits for other transactions that add the
	 * same name.
	 * @param name the name of a request
	 * @throws InvalidRequestException a 400 for an invalid or reserved name, a 409 when
	 * it is taken in another case
	 */
	void requireUsable(String name) {
		if (!NAME.matcher(name).matches()) {
			throw InvalidRequestException.badRequest("/name",
					"'%s' must be 1 to 64 letters, digits or . _ @ -, and start with a letter or digit"
						.formatted(name));
		}
		if (isReserved(name)) {
			throw InvalidRequestException.badRequest("/name", "'%s' is reserved; choose another name".formatted(name));
		}
		if (isTaken(name)) {
			throw InvalidRequestException
				.conflict("The name '%s' is taken; all tenants share one sign-in page, so choose another name"
					.formatted(name));
		}
	}

	/**
	 * Checks whether a new user may have a name that an identity provider proposes. Waits
	 * for other transactions that add the same name.
	 * @param name the name
	 * @return true when it is neither reserved nor taken in any case
	 */
	boolean isUsable(String name) {
		return !isReserved(name) && !isTaken(name);
	}

	private static boolean isReserved(String name) {
		return RESERVED.contains(name.toLowerCase(Locale.ROOT));
	}

	private boolean isTaken(String name) {
		this.locks.lock(AdvisoryLock.USER_NAME, name.toLowerCase(Locale.ROOT));
		return TenantScope
			.anywhere(() -> this.jdbc.sql("SELECT count(*) FROM access.app_user WHERE lower(name) = lower(?)")
				.param(name)
				.query(Integer.class)
				.single()) > 0;
	}

}
