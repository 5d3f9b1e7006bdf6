package io.waypost.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import io.waypost.access.user.RoleMapper;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** The people who sign in. */
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
	 * Hash of no password: compared when the name is unknown, so that both take as long.
	 */
	private final String nobody;

	public UserRepository(JdbcClient jdbc, PasswordEncoder passwords) {
		this.jdbc = jdbc;
		this.passwords = passwords;
		this.nobody = passwords.encode("nobody");
	}

	/**
	 * Lists everybody of all tenants, by name.
	 * @return the users with their roles
	 */
	public List<User> list() {
		return this.jdbc.sql(SELECT + "GROUP BY u.tenant_id, u.name ORDER BY u.name")
			.query(UserRepository::user)
			.list();
	}

	/**
	 * Finds a user by name.
	 * @param name as they sign in
	 * @return the user with their roles
	 */
	public Optional<User> find(String name) {
		return this.jdbc.sql(SELECT + "WHERE u.name = ? GROUP BY u.tenant_id, u.name")
			.param(name)
			.query(UserRepository::user)
			.optional();
	}

	/**
	 * Checks a password. Takes as long for an unknown name as for a wrong password.
	 * @param name as they sign in
	 * @param password in the clear
	 * @return the user, empty when name and password do not belong together
	 */
	public Optional<User> authenticate(String name, String password) {
		Optional<String> stored = this.jdbc.sql("SELECT password FROM access.app_user WHERE name = ?")
			.param(name)
			.query(String.class)
			.optional();
		boolean matches = this.passwords.matches(password, stored.orElse(this.nobody));
		return (matches && stored.isPresent()) ? find(name) : Optional.empty();
	}

	private static User user(ResultSet row, int number) throws SQLException {
		return new User(new TenantId(row.getString("tenant_id")), row.getString("name"),
				RoleMapper.fromArray(row.getArray("roles")));
	}

}
