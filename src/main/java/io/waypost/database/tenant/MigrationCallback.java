package io.waypost.database.tenant;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;

/**
 * Lets each migration see the rows of all tenants, and then protects new tables and
 * grants them to the application's role.
 */
@Component
class MigrationCallback implements Callback {

	private static final String ALL_TENANTS = "select set_config('waypost.tenant', '*', true)";

	private static final String PROTECT = "select database.protect_tenant_tables()";

	private static final String GRANT = "select database.grant_to_application(?) where current_user <> ?";

	private final DataSource application;

	MigrationCallback(DataSource application) {
		this.application = application;
	}

	@Override
	public boolean supports(Event event, Context context) {
		return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_MIGRATE;
	}

	@Override
	public boolean canHandleInTransaction(Event event, Context context) {
		return true;
	}

	@Override
	public void handle(Event event, Context context) {
		try {
			Connection owner = context.getConnection();
			if (event == Event.BEFORE_EACH_MIGRATE) {
				execute(owner, ALL_TENANTS);
			}
			else {
				execute(owner, PROTECT);
				grant(owner, applicationRole());
			}
		}
		catch (SQLException ex) {
			throw new UncategorizedSQLException("Row-level security could not be set up", null, ex);
		}
	}

	@Override
	public String getCallbackName() {
		return "row-level-security";
	}

	private String applicationRole() throws SQLException {
		try (Connection connection = this.application.getConnection();
				Statement statement = connection.createStatement();
				ResultSet role = statement.executeQuery("select current_user")) {
			role.next();
			return role.getString(1);
		}
	}

	private static void execute(Connection owner, String sql) throws SQLException {
		try (Statement statement = owner.createStatement()) {
			statement.execute(sql);
		}
	}

	private static void grant(Connection owner, String role) throws SQLException {
		try (PreparedStatement statement = owner.prepareStatement(GRANT)) {
			statement.setString(1, role);
			statement.setString(2, role);
			statement.execute();
		}
	}

}
