package io.waypost.journey.engine;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Ids of all rows that a tenant has in the engine's tables. */
final class VictimRows {

	private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

	private final Map<String, String> idByTable = new LinkedHashMap<>();

	private final Set<String> ids = new HashSet<>();

	VictimRows(JdbcClient jdbc, TenantId tenant) {
		for (String table : tables(jdbc)) {
			List<String> found = jdbc.sql("SELECT id_ FROM " + table + " WHERE tenant_id_ = ? ORDER BY id_ DESC")
				.param(tenant.value())
				.query(String.class)
				.list();
			if (!found.isEmpty()) {
				this.idByTable.put(table, found.getFirst());
			}
			found.forEach((id) -> this.ids.addAll(uuids(id)));
		}
		addWithoutTenant(jdbc, "act_hi_comment", "task_id_", "act_ru_task");
		addWithoutTenant(jdbc, "act_hi_attachment", "task_id_", "act_ru_task");
		addWithoutTenant(jdbc, "act_ge_bytearray", "deployment_id_", "act_re_deployment");
	}

	/** Rows that belong to the tenant by the row they refer to. */
	private void addWithoutTenant(JdbcClient jdbc, String table, String column, String owner) {
		jdbc.sql("SELECT id_ FROM " + table + " WHERE " + column + " = ? ORDER BY id_ LIMIT 1")
			.param(id(owner))
			.query(String.class)
			.optional()
			.ifPresent((id) -> {
				this.idByTable.put(table, id);
				this.ids.addAll(uuids(id));
			});
	}

	private static List<String> tables(JdbcClient jdbc) {
		return jdbc.sql("""
				SELECT t.table_name FROM information_schema.columns t
				JOIN information_schema.columns i USING (table_schema, table_name)
				WHERE t.table_schema = current_schema() AND t.table_name LIKE 'act\\_%' AND t.column_name = 'tenant_id_'
					AND i.column_name = 'id_'
				ORDER BY 1
				""").query(String.class).list();
	}

	/** The newest row of a table, or an id that does not exist. */
	String id(String table) {
		return this.idByTable.getOrDefault(table, "00000000-0000-7000-8000-000000000000");
	}

	Set<String> tablesWithRows() {
		return this.idByTable.keySet();
	}

	/** The ids of the tenant that a text contains, without those that the path asked. */
	Set<String> in(String text, String path) {
		Set<String> found = uuids(text);
		found.retainAll(this.ids);
		found.removeAll(uuids(path));
		return found;
	}

	private static Set<String> uuids(String text) {
		return UUID.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(HashSet::new));
	}

}
