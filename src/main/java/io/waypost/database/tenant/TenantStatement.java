package io.waypost.database.tenant;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Sets the tenant when a statement is executed: for statements outside a transaction,
 * which get one, and for those whose text is known at the execution only. Results are
 * read by the driver at once, so they outlive the transaction.
 */
final class TenantStatement implements InvocationHandler {

	private final Statement target;

	private final TenantConnection tenants;

	private final Connection connection;

	/** Text of a prepared statement, null for others. */
	private final @Nullable String prepared;

	private final StringBuilder batch = new StringBuilder();

	private TenantStatement(Statement target, TenantConnection tenants, Connection connection,
			@Nullable String prepared) {
		this.target = target;
		this.tenants = tenants;
		this.connection = connection;
		this.prepared = prepared;
	}

	static Statement wrap(@Nullable Object statement, TenantConnection tenants, Connection connection,
			@Nullable String prepared) {
		Statement target = (Statement) Objects.requireNonNull(statement, "statement");
		Class<?> type = (statement instanceof CallableStatement) ? CallableStatement.class
				: (statement instanceof PreparedStatement) ? PreparedStatement.class : Statement.class;
		return (Statement) Proxy.newProxyInstance(TenantStatement.class.getClassLoader(), new Class<?>[] { type },
				new TenantStatement(target, tenants, connection, prepared));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		String name = method.getName();
		if (name.startsWith("execute")) {
			return execute(method, arguments);
		}
		if (name.equals("addBatch") && arguments != null) {
			this.batch.append(arguments[0]).append(';');
		}
		return switch (name) {
			case "getConnection" -> this.connection;
			case "equals" -> proxy == TenantConnection.first(arguments);
			case "hashCode" -> System.identityHashCode(proxy);
			default -> call(method, arguments);
		};
	}

	private @Nullable Object execute(Method method, Object @Nullable [] arguments) throws Throwable {
		String sql = sql(arguments);
		if (!TenantTables.isNamedIn(sql)) {
			return call(method, arguments);
		}
		if (!this.tenants.isAutoCommit()) {
			this.tenants.apply(sql);
			return call(method, arguments);
		}
		// A cursor would end with the transaction
		this.target.setFetchSize(0);
		this.tenants.begin(sql);
		boolean succeeded = false;
		try {
			this.tenants.apply(sql);
			Object result = call(method, arguments);
			succeeded = true;
			return result;
		}
		finally {
			end(succeeded);
		}
	}

	/** After a failure the caller gets that failure, not the one of the rollback. */
	private void end(boolean succeeded) throws SQLException {
		try {
			this.tenants.end(succeeded);
		}
		catch (SQLException ex) {
			if (succeeded) {
				throw ex;
			}
		}
	}

	private String sql(Object @Nullable [] arguments) {
		if (this.prepared != null) {
			return this.prepared;
		}
		return (arguments != null && arguments.length > 0) ? (String) arguments[0] : this.batch.toString();
	}

	private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(this.target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
