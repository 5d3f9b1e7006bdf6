package io.waypost.experiment;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.experiment.assign.ExperimentPhase;
import io.waypost.experiment.assign.ExperimentPhaseRepository;
import io.waypost.experiment.assign.LivePhaseCache;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Records exposures: who was actually sent what. Record them when the message is handed
 * over, not when it is planned, because a person whose message is withheld is not
 * exposed. The same applies to control groups: record only people whom the message would
 * have reached (permission, caps, guardrail). Otherwise people who cannot be written to
 * are on one side of the comparison only.
 */
@Component
public class Exposures {

	private final JdbcClient jdbc;

	private final LivePhaseCache livePhases;

	private final ExperimentPhaseRepository phaseRepository;

	Exposures(JdbcClient jdbc, LivePhaseCache livePhases, ExperimentPhaseRepository phaseRepository) {
		this.jdbc = jdbc;
		this.livePhases = livePhases;
		this.phaseRepository = phaseRepository;
	}

	/**
	 * Records exposures in the caller's transaction, with one statement. Only a person's
	 * first exposure to an experiment counts; a repetition changes nothing, so a batch
	 * can be retried.
	 * @param tenant the tenant
	 * @param experiment key of an experiment with a live version
	 * @param at time of exposures without a time of their own; the conversion window
	 * starts there
	 * @param exposures any number; 500 to 5,000 per call is best
	 * @return number of new exposures
	 * @throws IllegalArgumentException when no version is live
	 */
	public int record(TenantId tenant, String experiment, Instant at, List<Exposure> exposures) {
		if (exposures.isEmpty()) {
			return 0;
		}
		ExperimentPhase phase = this.livePhases.require(tenant, experiment);
		if (phase.isClosed()) {
			this.phaseRepository.reopen(phase);
			this.livePhases.evict(tenant, experiment);
		}
		return insert(phase, at, exposures);
	}

	/**
	 * Inserts in the order of the key, so that two batches with the same people wait for
	 * each other instead of deadlocking.
	 */
	private int insert(ExperimentPhase phase, Instant at, List<Exposure> exposures) {
		return this.jdbc.sql("""
				insert into experiment.exposure (tenant_id, phase_id, profile_id, role, arm, send_id, spent_before,
				       exposed_at, matures_at, currency)
				select :tenant, :phase, one.profile_id, one.role, one.arm, one.send_id, one.spent_before,
				       coalesce(one.at, :at), coalesce(one.at, :at) + make_interval(secs => :window), :currency::text
				  from unnest(:profiles, :roles, :arms, :sends, :spentBefore, :times)
				       as one(profile_id, role, arm, send_id, spent_before, at)
				 order by one.profile_id
				    on conflict do nothing
				""")
			.param("tenant", phase.tenant().value())
			.param("phase", phase.id())
			.param("currency", phase.definition().currency())
			.param("profiles", SqlArray.uuids(exposures, (one) -> one.profile().value()))
			.param("roles", SqlArray.texts(exposures, (one) -> one.assignment().role().name()))
			.param("arms", SqlArray.texts(exposures, (one) -> one.assignment().arm()))
			.param("sends", SqlArray.uuids(exposures, Exposures::sendId))
			.param("spentBefore", SqlArray.doubles(exposures, Exposure::spentBefore))
			.param("times", SqlArray.times(exposures, Exposure::at))
			.param("at", SqlTime.of(at))
			.param("window", phase.definition().pace().window().toMillis() / 1_000.0)
			.update();
	}

	private static @Nullable UUID sendId(Exposure exposure) {
		return (exposure.send() != null) ? exposure.send().value() : null;
	}

}
