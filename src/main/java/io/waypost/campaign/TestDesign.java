package io.waypost.campaign;

import java.time.Duration;
import java.util.List;

import io.waypost.consent.Topics;
import io.waypost.experiment.Definition;
import io.waypost.experiment.Metric;
import io.waypost.experiment.Pace;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** What the experiment behind a campaign is. */
@Component
class TestDesign {

	private final Topics topics;

	TestDesign(Topics topics) {
		this.topics = topics;
	}

	Definition of(TenantId tenant, Campaign campaign) {
		Brief brief = campaign.brief();
		TestPlan test = brief.test();
		List<String> variants = (test != null) ? test.names() : List.of(CampaignTests.ONLY);
		Definition definition = Definition
			.of(CampaignTests.key(campaign.id()), campaign.createdBy(), (test != null) ? test.metric() : Metric.CLICK,
					variants)
			.with(new io.waypost.experiment.Reach(null, 1, brief.holdoutPercent() / 100,
					isAdvertising(tenant, campaign.topic())));
		return (test != null) ? definition.with(pace(test)) : definition;
	}

	/**
	 * Who is held out from advertising for a quarter hears about their orders all the
	 * same.
	 */
	private boolean isAdvertising(TenantId tenant, String topic) {
		return this.topics.of(tenant).stream().noneMatch((one) -> one.key().equals(topic) && one.transactional());
	}

	/** The first verdict when every reaction is in, the last after two extensions. */
	private static Pace pace(TestPlan test) {
		Duration duration = test.duration();
		return new Pace(test.reactionWindow(), duration, duration.multipliedBy(2), duration, 2);
	}

}
