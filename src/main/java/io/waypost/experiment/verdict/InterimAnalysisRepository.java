package io.waypost.experiment.verdict;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import io.waypost.experiment.ExperimentArmResult;
import io.waypost.experiment.ExperimentDecision;
import io.waypost.experiment.ExperimentResults.InterimAnalysis;
import io.waypost.experiment.assign.ExperimentPhase;
import io.waypost.experiment.assign.ExperimentPhaseRepository;
import io.waypost.experiment.stats.Interval;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What earlier looks saw. */
@Component
public class InterimAnalysisRepository {

	private final JdbcClient jdbc;

	public InterimAnalysisRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(ExperimentPhase trial, Instant now, ExperimentDecision decision, List<ExperimentArmResult> arms) {
		this.jdbc
			.sql("""
					insert into experiment.look (tenant_id, key, phase, number, arm, at, matured, rate, lower, upper, decision)
					select t.tenant_id, t.key, t.phase, t.looks + 1, one.arm, :now, one.matured, one.rate, one.lower, one.upper,
						:decision
					from experiment.trial t, unnest(:arms::text[], :matured::bigint[], :rates::float8[], :lowers::float8[],
						:uppers::float8[]) as one(arm, matured, rate, lower, upper)
					where t.tenant_id = :tenant and t.key = :key and t.phase = :phase
					""")
			.param("now", ExperimentPhaseRepository.time(now))
			.param("decision", decision.name())
			.param("arms", column(arms, ExperimentArmResult::arm))
			.param("matured", column(arms, ExperimentArmResult::matured))
			.param("rates", column(arms, ExperimentArmResult::rate))
			.param("lowers",
					column(arms, (arm) -> (arm.comparison() != null) ? arm.comparison().interval().lower() : null))
			.param("uppers",
					column(arms, (arm) -> (arm.comparison() != null) ? arm.comparison().interval().upper() : null))
			.param("tenant", trial.tenant().value())
			.param("key", trial.key())
			.param("phase", trial.number())
			.update();
	}

	/** At most a few hundred looks, evenly thinned out: enough for a line on a screen. */
	List<InterimAnalysis> list(ExperimentPhase trial) {
		return this.jdbc.sql("""
				select * from experiment.look l
				where l.tenant_id = :tenant and l.key = :key and l.phase = :phase
				  and l.number % (1 + (select t.looks / 200 from experiment.trial t
					where t.tenant_id = l.tenant_id and t.key = l.key and t.phase = l.phase)) = 0
				order by l.number, l.arm
				""")
			.param("tenant", trial.tenant().value())
			.param("key", trial.key())
			.param("phase", trial.number())
			.query((row, number) -> {
				Double lower = row.getObject("lower", Double.class);
				return new InterimAnalysis(row.getTimestamp("at").toInstant(), row.getString("arm"),
						row.getLong("matured"), row.getDouble("rate"),
						(lower != null) ? new Interval(lower, row.getDouble("upper")) : null,
						ExperimentDecision.valueOf(row.getString("decision")));
			})
			.list();
	}

	private static @Nullable String[] column(List<ExperimentArmResult> arms,
			Function<ExperimentArmResult, @Nullable Object> value) {
		@Nullable String[] column = new String[arms.size()];
		int next = 0;
		for (ExperimentArmResult arm : arms) {
			Object cell = value.apply(arm);
			column[next++] = (cell != null) ? cell.toString() : null;
		}
		return column;
	}

}
