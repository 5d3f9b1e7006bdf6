package io.waypost.journey;

import java.util.Map;
import java.util.TreeMap;

import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts tokens at elements in the engine's tables. The engine's own queries return every
 * row or do not filter by tenant.
 */
@Component
class TokenCountRepository {

	/** Executions that wait inside an element, counted once. */
	private static final String ACTIVE = "e.is_active_ AND e.act_id_ IS NOT NULL AND NOT e.is_event_scope_";

	private final JdbcClient jdbc;

	TokenCountRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Running instances by process key, called ones included. */
	Map<String, Long> instances(TenantId tenant) {
		Map<String, Long> counts = new TreeMap<>();
		this.jdbc.sql("""
				SELECT d.key_, count(*) AS instances
				FROM act_ru_execution e JOIN act_re_procdef d ON d.id_ = e.proc_def_id_
				WHERE e.tenant_id_ = ? AND e.parent_id_ IS NULL GROUP BY d.key_
				""").param(tenant.value()).query((row) -> {
			counts.put(row.getString("key_"), row.getLong("instances"));
		});
		return counts;
	}

	/** Tokens by element, in all versions of a process. */
	Map<String, Long> byActivity(TenantId tenant, String key) {
		Map<String, Long> counts = new TreeMap<>();
		this.jdbc.sql("""
				SELECT e.act_id_, count(*) AS tokens
				FROM act_ru_execution e JOIN act_re_procdef d ON d.id_ = e.proc_def_id_
				WHERE e.tenant_id_ = ? AND d.key_ = ? AND %s GROUP BY e.act_id_
				""".formatted(ACTIVE)).params(tenant.value(), key).query((row) -> {
			counts.put(row.getString("act_id_"), row.getLong("tokens"));
		});
		return counts;
	}

	/**
	 * Tokens by process key and element, of the instances with this business key and of
	 * those whose key has it and a colon as prefix.
	 */
	Map<String, Map<String, Long>> byBusinessKey(TenantId tenant, String businessKey) {
		Map<String, Map<String, Long>> counts = new TreeMap<>();
		this.jdbc
			.sql("""
					SELECT d.key_, e.act_id_, count(*) AS tokens
					FROM act_ru_execution i
						JOIN act_ru_execution e ON e.proc_inst_id_ = i.proc_inst_id_
						JOIN act_re_procdef d ON d.id_ = e.proc_def_id_
					WHERE i.tenant_id_ = :tenant AND (i.business_key_ = :key OR starts_with(i.business_key_, :key || ':')) AND %s
					GROUP BY 1, 2
					"""
				.formatted(ACTIVE))
			.param("tenant", tenant.value())
			.param("key", businessKey)
			.query((row) -> {
				counts.computeIfAbsent(row.getString("key_"), (key) -> new TreeMap<>())
					.put(row.getString("act_id_"), row.getLong("tokens"));
			});
		return counts;
	}

}
