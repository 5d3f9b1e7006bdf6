package io.waypost.campaign.experiment;

import java.time.Duration;
import java.util.List;

import io.waypost.campaign.Campaign;
import io.waypost.campaign.CampaignBrief;
import io.waypost.campaign.CampaignExperiments;
import io.waypost.campaign.ExperimentPlan;
import io.waypost.consent.Topics;
import io.waypost.experiment.ExperimentDefinition;
import io.waypost.experiment.ExperimentTiming;
import io.waypost.experiment.GoalMetric;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Defines the experiment of a campaign. */
@Component
public class ExperimentDesign {

	private final Topics topics;

	ExperimentDesign(Topics topics) {
		this.topics = topics;
	}

	public ExperimentDefinition of(TenantId tenant, Campaign campaign) {
		CampaignBrief brief = campaign.brief();
		ExperimentPlan test = brief.test();
		List<String> variants = (test != null) ? test.names() : List.of(CampaignExperiments.ONLY_VARIANT);
		ExperimentDefinition definition = ExperimentDefinition
			.of(CampaignExperiments.key(campaign.id()), campaign.createdBy(),
					(test != null) ? test.metric() : GoalMetric.CLICK, variants)
			.with(new io.waypost.experiment.TrafficAllocation(null, 1, brief.holdoutPercent() / 100,
					isAdvertising(tenant, campaign.topic())));
		return (test != null) ? definition.with(pace(test)) : definition;
	}

	/**
	 * Global control groups exclude recipients from marketing messages only, not from
	 * transactional ones.
	 */
	private boolean isAdvertising(TenantId tenant, String topic) {
		return this.topics.of(tenant).stream().noneMatch((one) -> one.key().equals(topic) && one.transactional());
	}

	/**
	 * First analysis when the conversion window has ended, last one after two extensions.
	 */
	private static ExperimentTiming pace(ExperimentPlan test) {
		Duration duration = test.duration();
		return new ExperimentTiming(test.reactionWindow(), duration, duration.multipliedBy(2), duration, 2);
	}

}
