package io.waypost.database.tenant;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Tells statements on Waypost's own tables from those of the process engine and from
 * statements without a table, which need no tenant. Waypost's statements name the schema
 * of every table.
 */
final class TenantTables {

	/** Schemas of Waypost, in the order of the migrations. */
	static final String[] SCHEMAS = { "ledger", "access", "identity", "ingestion", "consent", "feature", "content",
			"experiment", "audience", "delivery", "feedback", "agent", "campaign", "journey", "sample" };

	private static final Pattern NAMED = Pattern.compile("\\b(?:" + String.join("|", SCHEMAS) + ")\\s*\\.");

	/** The engine names its tables in upper case, in statements that it composes. */
	private static final String ENGINE_TABLE = " ACT_";

	private static final int REMEMBERED = 1_000;

	private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

	private TenantTables() {
	}

	static boolean isNamedIn(String sql) {
		Boolean known = KNOWN.get(sql);
		if (known != null) {
			return known;
		}
		boolean named = NAMED.matcher(sql).find();
		if (KNOWN.size() < REMEMBERED && !sql.contains(ENGINE_TABLE)) {
			KNOWN.put(sql, named);
		}
		return named;
	}

}
