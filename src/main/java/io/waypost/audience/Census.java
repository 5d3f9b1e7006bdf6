package io.waypost.audience;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.waypost.audience.language.Condition;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks conditions of everybody. */
@Component
class Census {

	private final JdbcClient jdbc;

	Census(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Counts who fulfils each of some conditions, with one statement. */
	List<Long> count(TenantId tenant, Instant asOf, List<Condition> conditions, Glossary glossary) {
		Question question = new Question(tenant, asOf, glossary::condition);
		List<String> columns = conditions.stream()
			.map((condition) -> "count(*) filter (where %s)".formatted(question.where(condition)))
			.toList();
		planForOnce();
		return this.jdbc
			.sql("select %s from %s\nwhere person.tenant_id = :tenant".formatted(String.join(",\n", columns),
					question.from()))
			.params(question.parameters())
			.query((row, number) -> {
				List<Long> counts = new ArrayList<>();
				for (int column = 1; column <= conditions.size(); column++) {
					counts.add(row.getLong(column));
				}
				return counts;
			})
			.single();
	}

	/** Some who fulfil a condition: those who came last. */
	List<ProfileId> sample(TenantId tenant, Instant asOf, Condition condition, Glossary glossary, int size) {
		Question question = new Question(tenant, asOf, glossary::condition);
		String where = question.where(condition);
		return this.jdbc.sql("""
				select person.profile_id from %s
				where person.tenant_id = :tenant and %s
				order by person.profile_id desc limit %d""".formatted(question.from(), where, size))
			.params(question.parameters())
			.query((row, number) -> new ProfileId(row.getObject(1, UUID.class)))
			.list();
	}

	/**
	 * Until the end of the transaction: room to hash a million people in memory, and no
	 * machine code for a statement that runs once.
	 */
	void planForOnce() {
		this.jdbc.sql("""
				select set_config('work_mem', '64MB', true), set_config('jit', 'off', true),
					set_config('plan_cache_mode', 'force_custom_plan', true)
				""").query((row) -> {
		});
	}

}
