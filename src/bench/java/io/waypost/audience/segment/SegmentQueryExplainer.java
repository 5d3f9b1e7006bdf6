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

/** Shows how PostgreSQL answers a definition. */
public final class SegmentQueryExplainer {

	private SegmentQueryExplainer() {
	}

	/**
	 * Runs the question a freeze asks.
	 * @param jdbc the database
	 * @param transaction sets the planner as a freeze does
	 * @param tenant whose people
	 * @param definition without references
	 * @param asOf the moment
	 * @return the plan with times
	 */
	public static List<String> explain(JdbcClient jdbc, TransactionTemplate transaction, TenantId tenant,
			String definition, Instant asOf) {
		Condition condition = ((ParseResult.ParsedCondition) SegmentLanguage.parse(definition)).condition();
		SegmentSqlCompiler question = new SegmentSqlCompiler(tenant, asOf, (name) -> new Condition.Everyone(), new ActivityTypeRepository(jdbc));
		String hit = MatchingProfilesSql.matching(question, condition);
		return transaction.execute((status) -> {
			new SegmentEvaluator(jdbc, new ActivityTypeRepository(jdbc)).tunePlannerForSets();
			return jdbc.sql("explain (analyze, buffers, timing off) with %s select profile_id from hit limit 2000001"
				.formatted(hit)).params(question.parameters()).query(String.class).list();
		});
	}

}
