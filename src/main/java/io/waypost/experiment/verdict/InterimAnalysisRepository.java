package io.waypost.experiment.verdict;

import java.time.Instant;
import java.util.List;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.experiment.ExperimentArmResult;
import io.waypost.experiment.ExperimentDecision;
import io.waypost.experiment.ExperimentResults.InterimAnalysis;
import io.waypost.experiment.assign.ExperimentPhase;
import io.waypost.experiment.stats.Interval;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to the history of interim analyses. */
@Component
class InterimAnalysisRepository {

	private final JdbcClient jdbc;

	InterimAnalysisRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(ExperimentPhase phase, Instant now, ExperimentDecision decision, List<ExperimentArmResult> arms) {
		this.jdbc.sql("""
				insert into experiment.interim_analysis
					(tenant_id, key, phase, number, arm, at, matured, rate, lower, upper, decision)
				select p.tenant_id, p.key, p.number, p.analyses + 1, one.arm, :now, one.matured, one.rate, one.lower,
					one.upper, :decision
				from experiment.phase p, unnest(:arms, :matured, :rates, :lowers, :uppers)
					as one(arm, matured, rate, lower, upper)
				where p.tenant_id = :tenant and p.key = :key and p.number = :phase
				""")
			.param("now", SqlTime.of(now))
			.param("decision", decision.name())
			.param("arms", SqlArray.texts(arms, ExperimentArmResult::arm))
			.param("matured", SqlArray.longs(arms, ExperimentArmResult::matured))
			.param("rates", SqlArray.doubles(arms, ExperimentArmResult::rate))
			.param("lowers",
					SqlArray.doubles(arms,
							(arm) -> (arm.comparison() != null) ? arm.comparison().interval().lower() : null))
			.param("uppers",
					SqlArray.doubles(arms,
							(arm) -> (arm.comparison() != null) ? arm.comparison().interval().upper() : null))
			.param("tenant", phase.tenant().value())
			.param("key", phase.key())
			.param("phase", phase.number())
			.update();
	}

	/** Lists a few hundred analyses at most, evenly thinned out: enough for a chart. */
	List<InterimAnalysis> list(ExperimentPhase phase) {
		return this.jdbc.sql("""
				select * from experiment.interim_analysis i
				where i.tenant_id = :tenant and i.key = :key and i.phase = :phase
				  and i.number % (1 + (select p.analyses / 200 from experiment.phase p
					where p.tenant_id = i.tenant_id and p.key = i.key and p.number = i.phase)) = 0
				order by i.number, i.arm
				""")
			.param("tenant", phase.tenant().value())
			.param("key", phase.key())
			.param("phase", phase.number())
			.query((row, number) -> {
				Double lower = row.getObject("lower", Double.class);
				return new InterimAnalysis(SqlTime.read(row, "at"), row.getString("arm"), row.getLong("matured"),
						row.getDouble("rate"), (lower != null) ? new Interval(lower, row.getDouble("upper")) : null,
						ExperimentDecision.valueOf(row.getString("decision")));
			})
			.list();
	}

}
