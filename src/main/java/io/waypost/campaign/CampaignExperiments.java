package io.waypost.campaign;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.waypost.agent.Route;
import io.waypost.campaign.experiment.ExperimentDesign;
import io.waypost.experiment.ExperimentResults;
import io.waypost.experiment.Experiments;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The experiment behind each campaign. One without a test has a single arm: so its
 * holdout and its lift are measured all the same.
 */
@Component
public class CampaignExperiments {

	/** The variant of a campaign that tests nothing. */
	public static final String ONLY_VARIANT = "a";

	/** After so many test durations the default variant is sent, whatever is unclear. */
	private static final int LONGEST = 6;

	private static final String ACTOR = "system";

	private final Campaigns campaigns;

	private final Experiments experiments;

	private final ExperimentDesign design;

	private final Clock clock;

	CampaignExperiments(Campaigns campaigns, Experiments experiments, ExperimentDesign design, Clock clock) {
		this.campaigns = campaigns;
		this.experiments = experiments;
		this.design = design;
		this.clock = clock;
	}

	/**
	 * What follows from a test.
	 *
	 * @param route CONTINUE to roll out, DEFER to wait longer
	 * @param until when to look again, with DEFER
	 */
	public record RolloutDecision(Route route, @Nullable Instant until) {

	}

	/** The name of a campaign's experiment. */
	public static String key(CampaignId campaign) {
		return "campaign-" + campaign;
	}

	/**
	 * Reads what was measured so far, and changes nothing.
	 * @param tenant whose
	 * @param id which campaign
	 * @return empty before its audience is frozen
	 */
	public Optional<ExperimentResults> read(TenantId tenant, CampaignId id) {
		return this.experiments.read(tenant, key(id));
	}

	/** Begins the experiment, once. */
	void start(TenantId tenant, Campaign campaign) {
		String key = key(campaign.id());
		if (this.experiments.find(tenant, key).isPresent()) {
			return;
		}
		this.experiments.start(tenant, ACTOR, this.design.of(tenant, campaign));
	}

	/**
	 * Looks at a test: rolls out when it is clear, or when it will not become so.
	 * @param tenant whose
	 * @param id which campaign
	 * @return what follows
	 */
	@Transactional
	public RolloutDecision decideRollout(TenantId tenant, CampaignId id) {
		ExperimentPlan test = this.campaigns.require(tenant, id).brief().test();
		ExperimentResults seen = this.experiments.analyse(tenant, key(id)).orElse(null);
		if (test == null || seen == null || seen.concludedAt() != null || seen.verdict().decision().isFinal()) {
			return new RolloutDecision(Route.CONTINUE, null);
		}
		Instant now = this.clock.instant();
		if (now.isAfter(seen.startedAt().plus(test.duration().multipliedBy(LONGEST)))) {
			this.experiments.abandon(tenant, ACTOR, key(id));
			return new RolloutDecision(Route.CONTINUE, null);
		}
		Instant soon = now.plus(test.duration().dividedBy(4));
		return new RolloutDecision(Route.DEFER, soon);
	}

}
