package io.waypost.audience.segment;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.waypost.audience.Segments;
import io.waypost.audience.language.Condition;
import io.waypost.audience.projection.ActivityTypeRepository;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks conditions of everybody. */
@Component
public class SegmentEvaluator {

	private final JdbcClient jdbc;

	private final ActivityTypeRepository actions;

	public SegmentEvaluator(JdbcClient jdbc, ActivityTypeRepository actions) {
		this.jdbc = jdbc;
		this.actions = actions;
	}

	/** A question about a tenant's people. */
	public SegmentSqlCompiler compiler(TenantId tenant, Instant asOf, SegmentReferences glossary) {
		return new SegmentSqlCompiler(tenant, asOf, glossary::condition, this.actions);
	}

	/** Counts who fulfils each of some conditions, with one statement. */
	public List<Long> count(TenantId tenant, Instant asOf, List<Condition> conditions, SegmentReferences glossary) {
		SegmentSqlCompiler question = compiler(tenant, asOf, glossary);
		List<String> columns = conditions.stream()
			.map((condition) -> "count(*) filter (where %s)".formatted(question.where(condition)))
			.toList();
		tunePlannerForSets();
		List<Long> counted = this.jdbc
			.sql("select %s from %s\nwhere person.tenant_id = :tenant".formatted(String.join(",\n", columns),
					question.from()))
			.params(question.parameters())
			.query((row, number) -> numbers(row, conditions.size()))
			.single();
		resetPlanner();
		return counted;
	}

	/**
	 * Counts like {@link #count}, and names some who fulfil the first condition: those
	 * who came last. Everybody is asked once, for all of it.
	 */
	public CountsAndSample countAndSample(TenantId tenant, Instant asOf, List<Condition> conditions,
			SegmentReferences glossary, int size) {
		SegmentSqlCompiler question = compiler(tenant, asOf, glossary);
		StringBuilder answers = new StringBuilder();
		StringBuilder counts = new StringBuilder();
		for (int one = 1; one <= conditions.size(); one++) {
			answers.append(",\n%s as c%d".formatted(question.where(conditions.get(one - 1)), one));
			counts.append("count(*) filter (where c%d), ".formatted(one));
		}
		tunePlannerForSets();
		CountsAndSample counted = this.jdbc.sql("""
				with answer as materialized (select person.profile_id%s from %s
				where person.tenant_id = :tenant)
				select %s array(select profile_id from answer where c1 order by profile_id desc limit %d) from answer
				""".formatted(answers, question.from(), counts, size))
			.params(question.parameters())
			.query((row, number) -> new CountsAndSample(numbers(row, conditions.size()),
					people(row.getArray(conditions.size() + 1))))
			.single();
		resetPlanner();
		return counted;
	}

	private static List<Long> numbers(ResultSet row, int columns) throws SQLException {
		List<Long> numbers = new ArrayList<>();
		for (int column = 1; column <= columns; column++) {
			numbers.add(row.getLong(column));
		}
		return numbers;
	}

	private static List<ProfileId> people(Array ids) throws SQLException {
		return Stream.of((UUID[]) ids.getArray()).map(ProfileId::new).toList();
	}

	/**
	 * How many fulfil a condition, and some of them who stand for all: in the order of a
	 * hash, which says nothing about them.
	 */
	public Segments.SegmentSample sample(TenantId tenant, Instant asOf, Condition condition, SegmentReferences glossary,
			int most) {
		SegmentSqlCompiler question = compiler(tenant, asOf, glossary);
		String hit = MatchingProfilesSql.matching(question, condition);
		tunePlannerForSets();
		List<ProfileId> people = new ArrayList<>();
		long[] size = new long[1];
		this.jdbc.sql(
				"with %s select profile_id, count(*) over () from hit order by uuid_hash(profile_id), profile_id limit %d"
					.formatted(hit, most))
			.params(question.parameters())
			.query((row) -> {
				people.add(new ProfileId(row.getObject(1, UUID.class)));
				size[0] = row.getLong(2);
			});
		resetPlanner();
		return new Segments.SegmentSample(size[0], people);
	}

	/**
	 * Room to hash a million people in memory, sets joined to sets and never row by row,
	 * and a plan for just these values.
	 */
	public void tunePlannerForSets() {
		this.jdbc.sql("""
				select set_config('work_mem', '64MB', true), set_config('enable_nestloop', 'off', true),
					set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true)
				""").query((row) -> {
		});
	}

	/** The transaction goes on with other things. */
	public void resetPlanner() {
		this.jdbc.sql("""
				select set_config(name, reset_val, true) from pg_settings
				where name in ('work_mem', 'enable_nestloop', 'plan_cache_mode', 'jit')
				""").query((row) -> {
		});
	}

	/**
	 * How many, and some of the first.
	 *
	 * @param counts by condition, in the order asked
	 * @param sample of those who fulfil the first
	 */
	public record CountsAndSample(List<Long> counts, List<ProfileId> sample) {

	}

}
