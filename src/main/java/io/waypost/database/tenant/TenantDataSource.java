package io.waypost.database.tenant;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections of the application's role, each of which passes the tenant of its thread to
 * PostgreSQL.
 */
final class TenantDataSource extends DelegatingDataSource {

	private final DataSource target;

	private final String region;

	TenantDataSource(DataSource target, String region) {
		super(target);
		this.target = target;
		this.region = region;
	}

	/** The pool, for the role's work that concerns no tenant or all of them. */
	DataSource target() {
		return this.target;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return TenantConnection.wrap(super.getConnection(), this.region);
	}

	@Override
	public Connection getConnection(String user, String password) throws SQLException {
		return TenantConnection.wrap(super.getConnection(user, password), this.region);
	}

}
