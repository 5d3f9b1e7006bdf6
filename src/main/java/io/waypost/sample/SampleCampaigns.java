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
 * Two campaigns of the sample shop: one that has its verdict a minute and a half later,
 * and one that is in its test for a day. They are described and launched like anybody's;
 * all that follows is their own course.
 */
@Component
@ConditionalOnSample
class SampleCampaigns {

	private static final Logger log = LoggerFactory.getLogger(SampleCampaigns.class);

	/** With fewer nothing can be told apart. */
	private static final int FEWEST_PEOPLE = 1_000;

	private static final int LOOKS = 240;

	private static final long BETWEEN_LOOKS_MILLIS = 500;

	/** A service letter, which goes at any hour: so it has ended whenever one comes. */
	private static final CampaignBrief FINISHED = new CampaignBrief("New carrier", "service", "new-carrier",
			SampleSegments.CUSTOMERS.name(), null, null,
			new ExperimentPlan(
					List.of(ContentVariant.named("statement"),
							ContentVariant.subject("question", "Where should your next parcel go, {{ first_name }}?")),
					GoalMetric.CLICK, 60, Duration.ofMinutes(1), Duration.ofSeconds(45)),
			0);

	/**
	 * Not to Ada, who has ordered lately: with one letter more she would be at her cap,
	 * and whoever leaves a cart in her name would wait a day for the message.
	 */
	private static final CampaignBrief IN_ITS_TEST = new CampaignBrief("Workshop letter", "newsletter",
			"workshop-letter", SampleSegments.LAPSED.name(), null, null,
			new ExperimentPlan(
					List.of(ContentVariant.named("plain"),
							ContentVariant.subject("by-name",
									"{{ first_name }}, this is what we do in the workshop this month")),
					GoalMetric.CLICK, 50, Duration.ofDays(1), Duration.ofMinutes(10)),
			5);

	private final Campaigns campaigns;

	private final Segments segments;

	private final SampleContent shelves;

	private final SampleProgress progress;

	private final TransactionTemplate transaction;

	SampleCampaigns(Campaigns campaigns, Segments segments, SampleContent shelves, SampleProgress progress,
			TransactionTemplate transaction) {
		this.campaigns = campaigns;
		this.segments = segments;
		this.shelves = shelves;
		this.progress = progress;
		this.transaction = transaction;
	}

	/** Launches what is not launched yet; either both or none. */
	void launchMissing(TenantId tenant, Instant anchor, int people) {
		if (people < FEWEST_PEOPLE || !everybodyIsIn(tenant, customers(anchor, people))) {
			return;
		}
		this.transaction.executeWithoutResult((status) -> {
			if (this.progress.claimCampaigns(tenant)) {
				this.shelves.addMissing(tenant);
				launch(tenant, FINISHED);
				launch(tenant, IN_ITS_TEST);
				log.info("Two sample campaigns are under way; the first has its verdict in a minute and a half");
			}
		});
	}

	private void launch(TenantId tenant, CampaignBrief brief) {
		CampaignId id = this.campaigns.create(tenant, SampleContent.ACTOR, brief).id();
		this.campaigns.launch(tenant, SampleContent.ACTOR, id);
	}

	private static int customers(Instant anchor, int people) {
		ShopperGenerator population = new ShopperGenerator(new SampleCatalogue().categories(), anchor);
		return (int) IntStream.rangeClosed(1, people)
			.filter((number) -> population.shopper(number).orders() > 0)
			.count();
	}

	/** Segments follow the events; an audience frozen too early would be a part of it. */
	private boolean everybodyIsIn(TenantId tenant, int customers) {
		try {
			for (int look = 0; look < LOOKS; look++) {
				if (this.segments.preview(tenant, SampleSegments.CUSTOMERS.definition()).size() >= customers) {
					return true;
				}
				TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
			}
			log.warn("The sample people are not all in yet; the next start launches the sample campaigns");
			return false;
		}
		catch (InterruptedException stopped) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
