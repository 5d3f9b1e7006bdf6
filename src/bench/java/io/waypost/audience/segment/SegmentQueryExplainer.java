package io.waypost.audience.segment;

import java.time.Instant;
import java.util.List;

import io.waypost.audience.language.Condition;
import io.waypost.audience.language.ParseResult;
import io.waypost.audience.language.SegmentLanguage;
import io.waypost.audience.projection.ActivityTypeRepository;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows the query plan of a segment. */
public final class SegmentQueryExplainer {

	private SegmentQueryExplainer() {
	}

	/**
	 * Runs the query of a freeze.
	 * @param jdbc the database
	 * @param transaction for the planner settings of a freeze
	 * @param tenant the tenant
	 * @param definition without references
	 * @param asOf time of the evaluation
	 * @return the plan with times
	 */
	public static List<String> explain(JdbcClient jdbc, TransactionTemplate transaction, TenantId tenant,
			String definition, Instant asOf) {
		Condition condition = ((ParseResult.ParsedCondition) SegmentLanguage.parse(definition)).condition();
		SegmentSqlCompiler compiler = new SegmentSqlCompiler(tenant, asOf, (name) -> new Condition.Everyone(), new ActivityTypeRepository(jdbc));
		String matching = MatchingProfilesSql.matching(compiler, condition);
		return transaction.execute((status) -> {
			new SegmentEvaluator(jdbc, new ActivityTypeRepository(jdbc)).tunePlannerForSets();
			return jdbc.sql("explain (analyze, buffers, timing off) with %s select profile_id from matching limit 2000001"
				.formatted(matching)).params(compiler.parameters()).query(String.class).list();
		});
	}

}
