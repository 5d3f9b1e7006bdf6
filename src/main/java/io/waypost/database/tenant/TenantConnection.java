package io.waypost.database.tenant;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

import io.waypost.database.ForeignRegionException;
import io.waypost.database.MissingTenantScopeException;
import io.waypost.database.TenantScope;
import org.jspecify.annotations.Nullable;

/**
 * Sets {@code waypost.tenant} for the current transaction before the first statement on
 * tenants' tables, and again when the thread's scope changed since. The setting ends with
 * the transaction, so the next user of a pooled connection starts without a tenant, also
 * behind a proxy that pools transactions. A statement outside a transaction runs in one
 * of its own.
 * <p>
 * Transactions of the process engine that touch no table of Waypost pay nothing.
 */
final class TenantConnection implements InvocationHandler {

	private static final String FOREIGN = "select region from database.pinned_tenant where tenant = ? and region <> ?";

	/** No row for a tenant of another region. */
	private static final String SET = "select set_config('waypost.tenant', ?, true) where not exists (" + FOREIGN + ")";

	/** All tenants without those of other regions. */
	private static final String SET_ALL = """
			select set_config('waypost.tenant', '*', true), set_config('waypost.excluded', coalesce((
				select string_agg(tenant, ',') from database.pinned_tenant where region <> ?), ''), true)
			""";

	private static final String SET_ANYWHERE = "select set_config('waypost.tenant', '*', true), set_config('waypost.excluded', '', true)";

	private final Connection target;

	private final String region;

	/** The setting of the current transaction; null if it is not set yet. */
	private @Nullable String applied;

	private TenantConnection(Connection target, String region) {
		this.target = target;
		this.region = region;
	}

	static Connection wrap(Connection target, String region) {
		return (Connection) Proxy.newProxyInstance(TenantConnection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, new TenantConnection(target, region));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		switch (method.getName()) {
			case "prepareStatement", "prepareCall" -> {
				return prepare((Connection) proxy, method, arguments);
			}
			case "createStatement" -> {
				return TenantStatement.wrap((Statement) call(method, arguments), this, (Connection) proxy, null);
			}
			case "commit", "rollback", "setAutoCommit", "close", "abort" -> this.applied = null;
			case "unwrap" -> {
				Class<?> type = (Class<?>) first(arguments);
				return type.isInstance(proxy) ? proxy : this.target.unwrap(type);
			}
			case "equals" -> {
				return proxy == first(arguments);
			}
			case "hashCode" -> {
				return System.identityHashCode(proxy);
			}
			default -> {
			}
		}
		return call(method, arguments);
	}

	/**
	 * Within a transaction the tenant is set now, because a statement is executed right
	 * after it is prepared. Otherwise each execution sets it.
	 */
	private @Nullable Object prepare(Connection proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		String sql = (String) first(arguments);
		if (!TenantTables.isNamedIn(sql)) {
			return call(method, arguments);
		}
		if (this.target.getAutoCommit()) {
			return TenantStatement.wrap((Statement) call(method, arguments), this, proxy, sql);
		}
		apply(sql);
		return call(method, arguments);
	}

	/** Sets the tenant of the thread for the current transaction. */
	void apply(String sql) throws SQLException {
		String wanted = TenantScope.currentSetting().orElseThrow(() -> new MissingTenantScopeException(sql));
		if (!wanted.equals(this.applied)) {
			this.applied = null;
			switch (wanted) {
				case "*" -> set(SET_ALL, this.region);
				case "**" -> set(SET_ANYWHERE);
				default -> setOne(wanted);
			}
			this.applied = wanted;
		}
	}

	private void setOne(String tenant) throws SQLException {
		if (!set(SET, tenant, tenant, this.region)) {
			try (PreparedStatement statement = this.target.prepareStatement(FOREIGN)) {
				statement.setString(1, tenant);
				statement.setString(2, this.region);
				try (ResultSet row = statement.executeQuery()) {
					throw new ForeignRegionException(tenant, row.next() ? row.getString(1) : "", this.region);
				}
			}
		}
	}

	private boolean set(String sql, String... parameters) throws SQLException {
		try (PreparedStatement statement = this.target.prepareStatement(sql)) {
			for (int i = 0; i < parameters.length; i++) {
				statement.setString(i + 1, parameters[i]);
			}
			try (ResultSet row = statement.executeQuery()) {
				return row.next();
			}
		}
	}

	boolean isAutoCommit() throws SQLException {
		return this.target.getAutoCommit();
	}

	/** Begins the transaction of one statement. */
	void begin(String sql) throws SQLException {
		if (TenantScope.currentSetting().isEmpty()) {
			throw new MissingTenantScopeException(sql);
		}
		this.target.setAutoCommit(false);
		this.applied = null;
	}

	/** Ends the transaction of one statement. */
	void end(boolean succeeded) throws SQLException {
		this.applied = null;
		try {
			if (succeeded) {
				this.target.commit();
			}
			else {
				this.target.rollback();
			}
		}
		finally {
			this.target.setAutoCommit(true);
		}
	}

	static Object first(Object @Nullable [] arguments) {
		return Objects.requireNonNull(arguments, "arguments")[0];
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
