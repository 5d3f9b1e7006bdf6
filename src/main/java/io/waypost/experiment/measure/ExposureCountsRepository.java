package io.waypost.experiment.measure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.waypost.experiment.Assignment.AssignmentRole;
import io.waypost.experiment.GuardrailMetric;
import io.waypost.experiment.assign.ExperimentPhase;
import io.waypost.experiment.assign.ExperimentPhaseRepository;
import io.waypost.experiment.stats.CupedSample;
import io.waypost.experiment.stats.Sample;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts a trial. */
@Component
public class ExposureCountsRepository {

	/** Revenue of a person counts up to this quantile of those who bought. */
	public static final double WINSOR = 0.995;

	private final JdbcClient jdbc;

	public ExposureCountsRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Everything one look needs, by one statement. The cap is asked for as a scalar: as a
	 * joined relation it was computed anew for each exposure.
	 */
	public List<ExposureCounts> count(ExperimentPhase trial, Instant now) {
		return this.jdbc
			.sql("""
					with exposure as materialized (
						select e.*, e.matures_at <= :now as matured from experiment.exposure e
						where e.trial_id = :trial and e.tenant_id = :tenant
					), cap as materialized (
						select coalesce(percentile_cont(:winsor) within group (order by revenue), 0) as amount
						from exposure where matured and revenue > 0
					), counted as (
						select e.*, least(e.revenue, (select amount from cap)) as money,
							coalesce(e.spent_before, 0) as before
						from exposure e
					)
					select role, arm, (select amount from cap) as cap, count(*) as exposed, count(*) filter (where matured) as matured,
						count(*) filter (where matured and clicked_at is not null) as clicks,
						count(*) filter (where matured and bought_at is not null) as orders,
						count(*) filter (where matured and unsubscribed_at is not null) as unsubscribes,
						count(*) filter (where matured and complained_at is not null) as complaints,
						count(*) filter (where matured and bounced_at is not null) as bounces,
						count(*) filter (where matured and spent_before is not null) as known,
						coalesce(sum(money) filter (where matured), 0) as money,
						coalesce(sum(money * money) filter (where matured), 0) as money_squares,
						coalesce(sum(before) filter (where matured), 0) as before,
						coalesce(sum(before * before) filter (where matured), 0) as before_squares,
						coalesce(sum(money * before) filter (where matured), 0) as products
					from counted group by role, arm
					""")
			.param("tenant", trial.tenant().value())
			.param("trial", trial.id())
			.param("now", ExperimentPhaseRepository.time(now))
			.param("winsor", WINSOR)
			.query(ExposureCountsRepository::count)
			.list();
	}

	private static ExposureCounts count(ResultSet row, int number) throws SQLException {
		long matured = row.getLong("matured");
		CupedSample money = new CupedSample(
				Sample.amounts(matured, row.getDouble("money"), row.getDouble("money_squares")),
				Sample.amounts(matured, row.getDouble("before"), row.getDouble("before_squares")),
				row.getDouble("products"));
		Map<GuardrailMetric, Long> harms = Map.of(GuardrailMetric.UNSUBSCRIBE, row.getLong("unsubscribes"),
				GuardrailMetric.COMPLAINT, row.getLong("complaints"), GuardrailMetric.BOUNCE, row.getLong("bounces"));
		return new ExposureCounts(AssignmentRole.valueOf(row.getString("role")), row.getString("arm"),
				row.getLong("exposed"), matured, row.getLong("clicks"), row.getLong("orders"), harms, money,
				row.getLong("known"), row.getDouble("cap"));
	}

}
