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

	private final Actions actions;

	Census(JdbcClient jdbc, Actions actions) {
		this.jdbc = jdbc;
		this.actions = actions;
	}

	/** A question about a tenant's people. */
	Question question(TenantId tenant, Instant asOf, Glossary glossary) {
		return new Question(tenant, asOf, glossary::condition, this.actions);
	}

	/** Counts who fulfils each of some conditions, with one statement. */
	List<Long> count(TenantId tenant, Instant asOf, List<Condition> conditions, Glossary glossary) {
		Question question = question(tenant, asOf, glossary);
		List<String> columns = conditions.stream()
			.map((condition) -> "count(*) filter (where %s)".formatted(question.where(condition)))
			.toList();
		planForSets();
		List<Long> counted = this.jdbc
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
		planAsUsual();
		return counted;
	}

	/**
	 * How many fulfil a condition, and some of them who stand for all: in the order of a
	 * hash, which says nothing about them.
	 */
	Segments.Drawn draw(TenantId tenant, Instant asOf, Condition condition, Glossary glossary, int most) {
		Question question = question(tenant, asOf, glossary);
		String where = question.where(condition);
		planForSets();
		List<ProfileId> people = new ArrayList<>();
		long[] size = new long[1];
		this.jdbc.sql(
				"with %s select profile_id, count(*) over () from hit order by uuid_hash(profile_id), profile_id limit %d"
					.formatted(hit(question, where), most))
			.params(question.parameters())
			.query((row) -> {
				people.add(new ProfileId(row.getObject(1, UUID.class)));
				size[0] = row.getLong(2);
			});
		planAsUsual();
		return new Segments.Drawn(size[0], people);
	}

	/** Some who fulfil a condition: those who came last. */
	List<ProfileId> sample(TenantId tenant, Instant asOf, Condition condition, Glossary glossary, int size) {
		Question question = question(tenant, asOf, glossary);
		String where = question.where(condition);
		planForSets();
		List<ProfileId> sample = this.jdbc
			.sql("with %s select profile_id from hit order by profile_id desc limit %d".formatted(hit(question, where),
					size))
			.params(question.parameters())
			.query((row, number) -> new ProfileId(row.getObject(1, UUID.class)))
			.list();
		planAsUsual();
		return sample;
	}

	/**
	 * All who fulfil a condition, as a part of a statement. Materialized, because a limit
	 * outside would make the planner look for the first few of very many by loops within
	 * loops.
	 */
	static String hit(Question question, String where) {
		return "hit as materialized (select person.profile_id from %s\nwhere person.tenant_id = :tenant and %s)"
			.formatted(question.from(), where);
	}

	/**
	 * Room to hash a million people in memory, sets joined to sets and never row by row,
	 * and a plan for just these values.
	 */
	void planForSets() {
		this.jdbc.sql("""
				select set_config('work_mem', '64MB', true), set_config('enable_nestloop', 'off', true),
					set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true)
				""").query((row) -> {
		});
	}

	/** The transaction goes on with other things. */
	void planAsUsual() {
		this.jdbc.sql("""
				select set_config(name, reset_val, true) from pg_settings
				where name in ('work_mem', 'enable_nestloop', 'plan_cache_mode', 'jit')
				""").query((row) -> {
		});
	}

}
