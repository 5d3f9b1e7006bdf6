package io.waypost.testing;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks for words in every column of every table of a database, whosever it is. */
public final class ClearText {

	private final JdbcClient jdbc;

	/**
	 * Looks through a database.
	 * @param jdbc where
	 */
	public ClearText(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Finds where words stand, in text and JSON and as bytes within binary values.
	 * @param words what to look for, ignoring case
	 * @return the columns, as {@code schema.table.column}
	 */
	public Set<String> find(List<String> words) {
		Set<String> found = new TreeSet<>();
		for (Column column : columns()) {
			String text = column.binary() ? "encode(%s, 'escape')" : "%s::text";
			String sql = "select exists (select from %s.%s t where lower(%s) like any (:words))"
				.formatted(column.schema(), column.table(), text.formatted("t.\"" + column.name() + "\""));
			if (this.jdbc.sql(sql).param("words", patterns(words)).query(Boolean.class).single()) {
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

	private static String[] patterns(List<String> words) {
		return words.stream().map((word) -> "%" + word.toLowerCase(Locale.ROOT) + "%").toArray(String[]::new);
	}

	private record Column(String schema, String table, String name, boolean binary) {
	}

}
