package io.waypost.experiment;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import io.waypost.experiment.ReadOut.Look;
import io.waypost.experiment.stats.Interval;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What earlier looks saw. */
@Component
class LookRows {

	private final JdbcClient jdbc;

	LookRows(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(Trial trial, Instant now, Decision decision, List<ArmReading> arms) {
		this.jdbc
			.sql("""
					insert into experiment.look (tenant_id, key, phase, number, arm, at, matured, rate, lower, upper, decision)
					select t.tenant_id, t.key, t.phase, t.looks + 1, one.arm, :now, one.matured, one.rate, one.lower, one.upper,
						:decision
					from experiment.trial t, unnest(:arms::text[], :matured::bigint[], :rates::float8[], :lowers::float8[],
						:uppers::float8[]) as one(arm, matured, rate, lower, upper)
					where t.tenant_id = :tenant and t.key = :key and t.phase = :phase
					""")
			.param("now", TrialRows.time(now))
			.param("decision", decision.name())
			.param("arms", column(arms, ArmReading::arm))
			.param("matured", column(arms, ArmReading::matured))
			.param("rates", column(arms, ArmReading::rate))
			.param("lowers",
					column(arms, (arm) -> (arm.comparison() != null) ? arm.comparison().interval().lower() : null))
			.param("uppers",
					column(arms, (arm) -> (arm.comparison() != null) ? arm.comparison().interval().upper() : null))
			.param("tenant", trial.tenant().value())
			.param("key", trial.key())
			.param("phase", trial.phase())
			.update();
	}

	/** At most a few hundred looks, evenly thinned out: enough for a line on a screen. */
	List<Look> list(Trial trial) {
		return this.jdbc.sql("""
				select * from experiment.look l
				where l.tenant_id = :tenant and l.key = :key and l.phase = :phase
				  and l.number % (1 + (select t.looks / 200 from experiment.trial t
					where t.tenant_id = l.tenant_id and t.key = l.key and t.phase = l.phase)) = 0
				order by l.number, l.arm
				""")
			.param("tenant", trial.tenant().value())
			.param("key", trial.key())
			.param("phase", trial.phase())
			.query((row, number) -> {
				Double lower = row.getObject("lower", Double.class);
				return new Look(row.getTimestamp("at").toInstant(), row.getString("arm"), row.getLong("matured"),
						row.getDouble("rate"), (lower != null) ? new Interval(lower, row.getDouble("upper")) : null,
						Decision.valueOf(row.getString("decision")));
			})
			.list();
	}

	private static @Nullable String[] column(List<ArmReading> arms, Function<ArmReading, @Nullable Object> value) {
		@Nullable String[] column = new String[arms.size()];
		int next = 0;
		for (ArmReading arm : arms) {
			Object cell = value.apply(arm);
			column[next++] = (cell != null) ? cell.toString() : null;
		}
		return column;
	}

}
