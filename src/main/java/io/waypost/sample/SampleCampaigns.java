package io.waypost.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.waypost.agent.ContentVariant;
import io.waypost.audience.Segments;
import io.waypost.campaign.CampaignBrief;
import io.waypost.campaign.Campaigns;
import io.waypost.campaign.ExperimentPlan;
import io.waypost.experiment.GoalMetric;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Launches two campaigns of the sample shop: one whose A/B test is decided after a minute
 * and a half, and one whose test runs for a day. They are created and launched like any
 * other campaign.
 */
@Component
@ConditionalOnSample
class SampleCampaigns {

	private static final Logger logger = LoggerFactory.getLogger(SampleCampaigns.class);

	/** With fewer people an A/B test has no result. */
	private static final int MIN_PEOPLE = 1_000;

	private static final int ATTEMPTS = 240;

	private static final long PAUSE_MILLIS = 500;

	/**
	 * A service message, which ignores quiet hours, so the campaign ends within minutes.
	 */
	private static final CampaignBrief FINISHED = new CampaignBrief("New carrier", "service", "new-carrier",
			SampleSegments.CUSTOMERS.name(), null, null,
			new ExperimentPlan(
					List.of(ContentVariant.named("statement"),
							ContentVariant.subject("question", "Where should your next parcel go, {{ first_name }}?")),
					GoalMetric.CLICK, 60, Duration.ofMinutes(1), Duration.ofSeconds(45)),
			0);

	/**
	 * Excludes the demo shopper, who has a recent order: with this message she would
	 * reach her frequency cap, and a cart message would be deferred for a day.
	 */
	private static final CampaignBrief IN_TEST = new CampaignBrief("Workshop letter", "newsletter", "workshop-letter",
			SampleSegments.LAPSED.name(), null, null,
			new ExperimentPlan(
					List.of(ContentVariant.named("plain"),
							ContentVariant.subject("by-name",
									"{{ first_name }}, this is what we do in the workshop this month")),
					GoalMetric.CLICK, 50, Duration.ofDays(1), Duration.ofMinutes(10)),
			5);

	private final Campaigns campaigns;

	private final Segments segments;

	private final SampleContent content;

	private final SampleProgress progress;

	private final TransactionTemplate transaction;

	SampleCampaigns(Campaigns campaigns, Segments segments, SampleContent content, SampleProgress progress,
			TransactionTemplate transaction) {
		this.campaigns = campaigns;
		this.segments = segments;
		this.content = content;
		this.progress = progress;
		this.transaction = transaction;
	}

	/** Launches both campaigns if they were not launched before. */
	void launchMissing(TenantId tenant, Instant anchor, int people) {
		if (people < MIN_PEOPLE || !areCustomersIngested(tenant, customers(anchor, people))) {
			return;
		}
		this.transaction.executeWithoutResult((status) -> {
			if (this.progress.claimCampaigns(tenant)) {
				this.content.addMissing(tenant);
				launch(tenant, FINISHED);
				launch(tenant, IN_TEST);
				logger.info("Two sample campaigns are launched; the first test is decided in a minute and a half");
			}
		});
	}

	private void launch(TenantId tenant, CampaignBrief brief) {
		CampaignId id = this.campaigns.create(tenant, SampleContent.ACTOR, brief).id();
		this.campaigns.launch(tenant, SampleContent.ACTOR, id);
	}

	private static int customers(Instant anchor, int people) {
		ShopperGenerator generator = new ShopperGenerator(new SampleCatalogue().categories(), anchor);
		return (int) IntStream.rangeClosed(1, people)
			.filter((number) -> generator.shopper(number).orders() > 0)
			.count();
	}

	/**
	 * Segments are updated after events; an audience frozen too early would be
	 * incomplete.
	 */
	private boolean areCustomersIngested(TenantId tenant, int customers) {
		try {
			for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
				if (this.segments.preview(tenant, SampleSegments.CUSTOMERS.definition()).size() >= customers) {
					return true;
				}
				TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
			}
			logger.warn(
					"The segment of sample customers is not complete yet; the next start launches the sample campaigns");
			return false;
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
