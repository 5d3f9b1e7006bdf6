package io.waypost.experiment;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import io.waypost.experiment.assign.ExperimentPhase;
import io.waypost.experiment.assign.ExperimentPhaseRepository;
import io.waypost.experiment.assign.LivePhaseCache;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who was really sent what. Recorded when the message is handed over, not when it is
 * planned: whoever was withheld in between was exposed to nothing. The same goes for
 * those held out: record only whom the message would have reached (permission, caps,
 * guardrail); else people who may not be written to stand on one side of the lift alone.
 */
@Component
public class Exposures {

	private final JdbcClient jdbc;

	private final LivePhaseCache live;

	private final ExperimentPhaseRepository trials;

	Exposures(JdbcClient jdbc, LivePhaseCache live, ExperimentPhaseRepository trials) {
		this.jdbc = jdbc;
		this.live = live;
		this.trials = trials;
	}

	/**
	 * Records exposures in the caller's transaction, by one statement. A person's first
	 * exposure to an experiment counts; repeating it changes nothing, so that a chunk can
	 * be done again.
	 * @param tenant whose people
	 * @param experiment key of an experiment that has a live version
	 * @param at when they are exposed, unless an exposure says otherwise; their outcomes
	 * count from there for the window
	 * @param exposures any number; best 500 to 5,000 at once
	 * @return how many were new
	 * @throws IllegalArgumentException when no version of it is live
	 */
	public int record(TenantId tenant, String experiment, Instant at, List<Exposure> exposures) {
		if (exposures.isEmpty()) {
			return 0;
		}
		ExperimentPhase trial = this.live.require(tenant, experiment).phase();
		if (trial.isClosed()) {
			this.trials.reopen(trial);
			this.live.evict(tenant, experiment);
		}
		return insert(trial, at, exposures);
	}

	/**
	 * In the order of the key, so that two batches with the same people wait for one
	 * another instead of deadlocking.
	 */
	private int insert(ExperimentPhase trial, Instant at, List<Exposure> rows) {
		return this.jdbc.sql("""
				insert into experiment.exposure (tenant_id, trial_id, profile_id, role, arm, send_id, spent_before,
				       exposed_at, matures_at, currency)
				select :tenant, :trial, one.profile_id, one.role, one.arm, one.send_id, one.spent_before,
				       coalesce(one.at, :at), coalesce(one.at, :at) + make_interval(secs => :window), :currency::text
				  from unnest(:profiles::uuid[], :roles::text[], :arms::text[], :sends::uuid[], :before::float8[],
				       :ats::timestamptz[]) as one(profile_id, role, arm, send_id, spent_before, at)
				 order by one.profile_id
				    on conflict do nothing
				""")
			.param("tenant", trial.tenant().value())
			.param("trial", trial.id())
			.param("currency", trial.definition().currency())
			.param("profiles", column(rows, Exposure::profile))
			.param("roles", column(rows, (row) -> row.assignment().role()))
			.param("arms", column(rows, (row) -> row.assignment().arm()))
			.param("sends", column(rows, Exposure::send))
			.param("before", column(rows, Exposure::spentBefore))
			.param("ats", column(rows, Exposure::at))
			.param("at", ExperimentPhaseRepository.time(at))
			.param("window", trial.definition().pace().window().toMillis() / 1_000.0)
			.update();
	}

	private static @Nullable String[] column(List<Exposure> rows, Function<Exposure, @Nullable Object> value) {
		@Nullable String[] column = new String[rows.size()];
		int next = 0;
		for (Exposure row : rows) {
			Object cell = value.apply(row);
			column[next++] = (cell != null) ? cell.toString() : null;
		}
		return column;
	}

}
