package io.waypost.testing;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Searches every column of every table of a database for texts. */
public final class ClearText {

	private final JdbcClient jdbc;

	/**
	 * Searches a database.
	 * @param jdbc the database
	 */
	public ClearText(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Finds the columns that contain one of the texts: in text and JSON, and as bytes in
	 * binary values.
	 * @param texts texts to search for, ignoring case
	 * @return the columns, as {@code schema.table.column}
	 */
	public Set<String> find(List<String> texts) {
		Set<String> found = new TreeSet<>();
		for (Column column : columns()) {
			String expression = column.binary() ? "encode(%s, 'escape')" : "%s::text";
			String sql = "select exists (select from %s.%s t where lower(%s) like any (:patterns))"
				.formatted(column.schema(), column.table(), expression.formatted("t.\"" + column.name() + "\""));
			if (this.jdbc.sql(sql).param("patterns", patterns(texts)).query(Boolean.class).single()) {
				found.add(column.schema() + "." + column.table() + "." + column.name());
			}
		}
		return found;
	}

	private List<Column> columns() {
		return this.jdbc.sql("""
				select c.table_schema, c.table_name, c.column_name, c.data_type = 'bytea'
				from information_schema.columns c
				join information_schema.tables t using (table_schema, table_name)
				where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
				and c.data_type in ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY', 'bytea', 'uuid')
				""")
			.query((row, number) -> new Column(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)))
			.list();
	}

	private static String[] patterns(List<String> texts) {
		return texts.stream()
			.map((expression) -> "%" + expression.toLowerCase(Locale.ROOT) + "%")
			.toArray(String[]::new);
	}

	private record Column(String schema, String table, String name, boolean binary) {
	}

}
