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

/** Evaluates conditions over all profiles of a tenant. */
@Component
public class SegmentEvaluator {

	private final JdbcClient jdbc;

	private final ActivityTypeRepository activityTypes;

	public SegmentEvaluator(JdbcClient jdbc, ActivityTypeRepository activityTypes) {
		this.jdbc = jdbc;
		this.activityTypes = activityTypes;
	}

	/** Creates a compiler for one statement. */
	public SegmentSqlCompiler compiler(TenantId tenant, Instant asOf, SegmentReferences references) {
		return new SegmentSqlCompiler(tenant, asOf, references::condition, this.activityTypes);
	}

	/** Counts the profiles that match each condition, with one statement. */
	public List<Long> count(TenantId tenant, Instant asOf, List<Condition> conditions, SegmentReferences references) {
		SegmentSqlCompiler compiler = compiler(tenant, asOf, references);
		List<String> columns = conditions.stream()
			.map((condition) -> "count(*) filter (where %s)".formatted(compiler.where(condition)))
			.toList();
		tunePlannerForSets();
		List<Long> counts = this.jdbc
			.sql("select %s from %s\nwhere profile.tenant_id = :tenant".formatted(String.join(",\n", columns),
					compiler.from()))
			.params(compiler.parameters())
			.query((row, number) -> numbers(row, conditions.size()))
			.single();
		resetPlanner();
		return counts;
	}

	/**
	 * Counts like {@link #count} and returns a sample of the first condition: the
	 * matching profiles created last. All is computed in one pass over the profiles.
	 */
	public CountsAndSample countAndSample(TenantId tenant, Instant asOf, List<Condition> conditions,
			SegmentReferences references, int size) {
		SegmentSqlCompiler compiler = compiler(tenant, asOf, references);
		StringBuilder results = new StringBuilder();
		StringBuilder counts = new StringBuilder();
		for (int one = 1; one <= conditions.size(); one++) {
			results.append(",\n%s as c%d".formatted(compiler.where(conditions.get(one - 1)), one));
			counts.append("count(*) filter (where c%d), ".formatted(one));
		}
		tunePlannerForSets();
		CountsAndSample result = this.jdbc.sql("""
				with result as materialized (select profile.profile_id%s from %s
				where profile.tenant_id = :tenant)
				select %s array(select profile_id from result where c1 order by profile_id desc limit %d) from result
				""".formatted(results, compiler.from(), counts, size))
			.params(compiler.parameters())
			.query((row, number) -> new CountsAndSample(numbers(row, conditions.size()),
					profiles(row.getArray(conditions.size() + 1))))
			.single();
		resetPlanner();
		return result;
	}

	private static List<Long> numbers(ResultSet row, int columns) throws SQLException {
		List<Long> numbers = new ArrayList<>();
		for (int column = 1; column <= columns; column++) {
			numbers.add(row.getLong(column));
		}
		return numbers;
	}

	private static List<ProfileId> profiles(Array ids) throws SQLException {
		return Stream.of((UUID[]) ids.getArray()).map(ProfileId::new).toList();
	}

	/**
	 * Counts the profiles that match a condition and returns a random sample of them. The
	 * order is that of a hash of the id, so the sample is repeatable.
	 */
	public Segments.SegmentSample sample(TenantId tenant, Instant asOf, Condition condition,
			SegmentReferences references, int limit) {
		SegmentSqlCompiler compiler = compiler(tenant, asOf, references);
		String matching = MatchingProfilesSql.matching(compiler, condition);
		tunePlannerForSets();
		List<ProfileId> profiles = new ArrayList<>();
		long[] size = new long[1];
		this.jdbc.sql("""
				with %s select profile_id, count(*) over () from matching
				order by uuid_hash(profile_id), profile_id limit %d""".formatted(matching, limit))
			.params(compiler.parameters())
			.query((row) -> {
				profiles.add(new ProfileId(row.getObject(1, UUID.class)));
				size[0] = row.getLong(2);
			});
		resetPlanner();
		return new Segments.SegmentSample(size[0], profiles);
	}

	/**
	 * Configures the planner for the rest of the transaction: memory to hash a million
	 * profiles, set joins instead of nested loops, and a plan for the actual values.
	 */
	public void tunePlannerForSets() {
		this.jdbc.sql("""
				select set_config('work_mem', '64MB', true), set_config('enable_nestloop', 'off', true),
					set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true)
				""").query((row) -> {
		});
	}

	/** Resets the planner for other statements of the transaction. */
	public void resetPlanner() {
		this.jdbc.sql("""
				select set_config(name, reset_val, true) from pg_settings
				where name in ('work_mem', 'enable_nestloop', 'plan_cache_mode', 'jit')
				""").query((row) -> {
		});
	}

	/**
	 * Counts of several conditions with a sample of the first.
	 *
	 * @param counts one per condition, in the same order
	 * @param sample profiles that match the first condition
	 */
	public record CountsAndSample(List<Long> counts, List<ProfileId> sample) {

	}

}
