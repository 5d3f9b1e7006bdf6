package io.waypost.experiment.measure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.waypost.database.SqlTime;
import io.waypost.experiment.Assignment.AssignmentRole;
import io.waypost.experiment.GuardrailMetric;
import io.waypost.experiment.assign.ExperimentPhase;
import io.waypost.experiment.stats.CupedSample;
import io.waypost.experiment.stats.Sample;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to the counts of an experiment phase. */
@Component
public class ExposureCountsRepository {

	/** Revenue per person counts up to this quantile of buyers (winsorising). */
	public static final double REVENUE_CAP_QUANTILE = 0.995;

	private final JdbcClient jdbc;

	public ExposureCountsRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Counts everything an analysis needs, with one statement. The cap is a scalar
	 * subquery: as a joined relation PostgreSQL computed it once per exposure.
	 */
	public List<ExposureCounts> count(ExperimentPhase phase, Instant now) {
		return this.jdbc
			.sql("""
					with exposure as materialized (
						select e.*, e.matures_at <= :now as matured from experiment.exposure e
						where e.phase_id = :phase and e.tenant_id = :tenant
					), cap as materialized (
						select coalesce(percentile_cont(:quantile) within group (order by revenue), 0) as amount
						from exposure where matured and revenue > 0
					), capped as (
						select e.*, least(e.revenue, (select amount from cap)) as capped_revenue,
							coalesce(e.spent_before, 0) as covariate
						from exposure e
					)
					select role, arm, (select amount from cap) as cap, count(*) as exposed, count(*) filter (where matured) as matured,
						count(*) filter (where matured and clicked_at is not null) as clicks,
						count(*) filter (where matured and bought_at is not null) as orders,
						count(*) filter (where matured and unsubscribed_at is not null) as unsubscribes,
						count(*) filter (where matured and complained_at is not null) as complaints,
						count(*) filter (where matured and bounced_at is not null) as bounces,
						count(*) filter (where matured and spent_before is not null) as spent_before_known,
						coalesce(sum(capped_revenue) filter (where matured), 0) as revenue,
						coalesce(sum(capped_revenue * capped_revenue) filter (where matured), 0) as revenue_squares,
						coalesce(sum(covariate) filter (where matured), 0) as covariate,
						coalesce(sum(covariate * covariate) filter (where matured), 0) as covariate_squares,
						coalesce(sum(capped_revenue * covariate) filter (where matured), 0) as products
					from capped group by role, arm
					""")
			.param("tenant", phase.tenant().value())
			.param("phase", phase.id())
			.param("now", SqlTime.of(now))
			.param("quantile", REVENUE_CAP_QUANTILE)
			.query(ExposureCountsRepository::counts)
			.list();
	}

	private static ExposureCounts counts(ResultSet row, int number) throws SQLException {
		long matured = row.getLong("matured");
		CupedSample revenue = new CupedSample(
				Sample.amounts(matured, row.getDouble("revenue"), row.getDouble("revenue_squares")),
				Sample.amounts(matured, row.getDouble("covariate"), row.getDouble("covariate_squares")),
				row.getDouble("products"));
		Map<GuardrailMetric, Long> harms = Map.of(GuardrailMetric.UNSUBSCRIBE, row.getLong("unsubscribes"),
				GuardrailMetric.COMPLAINT, row.getLong("complaints"), GuardrailMetric.BOUNCE, row.getLong("bounces"));
		return new ExposureCounts(AssignmentRole.valueOf(row.getString("role")), row.getString("arm"),
				row.getLong("exposed"), matured, row.getLong("clicks"), row.getLong("orders"), harms, revenue,
				row.getLong("spent_before_known"), row.getDouble("cap"));
	}

}
