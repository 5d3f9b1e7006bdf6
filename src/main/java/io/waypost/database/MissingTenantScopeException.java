package io.waypost.database;

/**
 * A statement on tables of tenants was prepared without a {@link TenantScope}. It would
 * see no rows.
 */
public class MissingTenantScopeException extends IllegalStateException {

	private static final int SHOWN = 120;

	public MissingTenantScopeException(String sql) {
		super("Statement on tenants' tables outside a TenantScope; open one for the tenant, "
				+ "or for all tenants if this is work of the installation: "
				+ beginning(sql.strip().replaceAll("\\s+", " ")));
	}

	private static String beginning(String sql) {
		return (sql.length() <= SHOWN) ? sql : sql.substring(0, SHOWN);
	}

}
