package io.waypost.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import io.waypost.access.user.RoleMapper;
import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Reads users and checks their passwords. A name is looked up among the users of all
 * tenants, because the sign-in finds the tenant.
 */
@Component
public class UserRepository {

	private static final String SELECT = """
			SELECT u.tenant_id, u.name, array_remove(array_agg(r.role), NULL) AS roles
			FROM access.app_user u
			LEFT JOIN access.user_role r ON r.tenant_id = u.tenant_id AND r.user_name = u.name
			""";

	private final JdbcClient jdbc;

	private final PasswordEncoder passwords;

	/**
	 * Compared when the name is unknown, so that an unknown name and a wrong password
	 * take equally long.
	 */
	private final String placeholderHash;

	public UserRepository(JdbcClient jdbc, PasswordEncoder passwords) {
		this.jdbc = jdbc;
		this.passwords = passwords;
		this.placeholderHash = passwords.encode("placeholder");
	}

	/**
	 * Lists the users of all tenants by name.
	 * @return users with their roles
	 */
	public List<User> list() {
		return TenantScope.all(() -> this.jdbc.sql(SELECT + "GROUP BY u.tenant_id, u.name ORDER BY u.name")
			.query(UserRepository::user)
			.list());
	}

	/**
	 * Finds a user by name.
	 * @param name sign-in name
	 * @return the user with roles
	 */
	public Optional<User> find(String name) {
		return !isStorable(name) ? Optional.empty()
				: TenantScope.anywhere(() -> this.jdbc.sql(SELECT + "WHERE u.name = ? GROUP BY u.tenant_id, u.name")
					.param(name)
					.query(UserRepository::user)
					.optional());
	}

	/**
	 * Checks a password. An unknown name takes as long as a wrong password.
	 * @param name sign-in name
	 * @param password in clear text
	 * @return the user, empty when the name or the password is wrong
	 * @throws io.waypost.database.ForeignRegionException for a tenant of another region
	 */
	public Optional<User> authenticate(String name, String password) {
		Optional<String> stored = TenantScope
			.anywhere(() -> this.jdbc.sql("SELECT password FROM access.app_user WHERE name = ?")
				.param(isStorable(name) ? name : "")
				.query((row, number) -> Optional.ofNullable(row.getString("password")))
				.optional())
			.flatMap((hash) -> hash);
		boolean matches = this.passwords.matches(password, stored.orElse(this.placeholderHash));
		Optional<User> user = (matches && stored.isPresent()) ? find(name) : Optional.empty();
		user.ifPresent((found) -> HomeRegion.require(this.jdbc, found.tenant()));
		return user;
	}

	/**
	 * Finds the version of an account, which grows with each change of password or roles.
	 * @param name sign-in name
	 * @return the version; empty for an unknown user
	 */
	public OptionalInt findVersion(String name) {
		return TenantScope
			.all(() -> this.jdbc.sql("SELECT version FROM access.app_user WHERE name = ?")
				.param(name)
				.query(Integer.class)
				.optional())
			.map(OptionalInt::of)
			.orElseGet(OptionalInt::empty);
	}

	/** PostgreSQL refuses a null character, which HTTP Basic can carry. */
	private static boolean isStorable(String name) {
		return name.indexOf('\0') < 0;
	}

	private static User user(ResultSet row, int number) throws SQLException {
		return new User(new TenantId(row.getString("tenant_id")), row.getString("name"),
				RoleMapper.fromArray(row.getArray("roles")));
	}

}
