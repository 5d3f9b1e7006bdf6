package io.waypost.campaign;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.waypost.agent.Route;
import io.waypost.campaign.experiment.ExperimentDesign;
import io.waypost.experiment.ExperimentResults;
import io.waypost.experiment.Experiments;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.FastTime;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The experiment of each campaign. A campaign without a test has an experiment with a
 * single arm, so that control group and lift are measured as well.
 */
@Component
public class CampaignExperiments {

	/** The only variant of a campaign without a test. */
	public static final String ONLY_VARIANT = "a";

	/** After this many test durations without a winner the default variant is sent. */
	private static final int MAX_TEST_DURATIONS = 6;

	private static final String ACTOR = "system";

	private final Campaigns campaigns;

	private final Experiments experiments;

	private final ExperimentDesign design;

	private final FastTime fastTime;

	private final Clock clock;

	CampaignExperiments(Campaigns campaigns, Experiments experiments, ExperimentDesign design, FastTime fastTime,
			Clock clock) {
		this.campaigns = campaigns;
		this.experiments = experiments;
		this.design = design;
		this.fastTime = fastTime;
		this.clock = clock;
	}

	/**
	 * The decision after an interim analysis of a test.
	 *
	 * @param route CONTINUE to roll out, DEFER to continue the test
	 * @param until time of the next interim analysis, with DEFER
	 */
	public record RolloutDecision(Route route, @Nullable Instant until) {

	}

	/** Returns the key of a campaign's experiment. */
	public static String key(CampaignId campaign) {
		return "campaign-" + campaign;
	}

	/**
	 * Reads the current results without an interim analysis.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @return the results, empty before the audience is frozen
	 */
	public Optional<ExperimentResults> read(TenantId tenant, CampaignId id) {
		return this.experiments.read(tenant, key(id));
	}

	/** Starts the experiment; repeated calls have no effect. */
	void start(TenantId tenant, Campaign campaign) {
		String key = key(campaign.id());
		if (this.experiments.find(tenant, key).isPresent()) {
			return;
		}
		this.experiments.start(tenant, ACTOR, this.design.of(tenant, campaign));
	}

	/**
	 * Analyses a test and decides about the roll-out: with a winner, or without one after
	 * the maximum duration.
	 * @param tenant the tenant
	 * @param id id of the campaign
	 * @return the decision
	 */
	@Transactional
	public RolloutDecision decideRollout(TenantId tenant, CampaignId id) {
		ExperimentPlan test = this.campaigns.require(tenant, id).brief().test();
		ExperimentResults results = this.experiments.analyse(tenant, key(id)).orElse(null);
		if (test == null || results == null || results.concludedAt() != null
				|| results.verdict().decision().isFinal()) {
			return new RolloutDecision(Route.CONTINUE, null);
		}
		Instant now = this.clock.instant();
		Duration duration = this.fastTime.shorten(test.duration());
		if (now.isAfter(results.startedAt().plus(duration.multipliedBy(MAX_TEST_DURATIONS)))) {
			this.experiments.abandon(tenant, ACTOR, key(id));
			return new RolloutDecision(Route.CONTINUE, null);
		}
		Instant next = now.plus(duration.dividedBy(4));
		return new RolloutDecision(Route.DEFER, next);
	}

}
