package io.waypost.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.waypost.agent.VariantBrief;
import io.waypost.audience.Segments;
import io.waypost.campaign.Brief;
import io.waypost.campaign.Campaigns;
import io.waypost.campaign.TestPlan;
import io.waypost.experiment.Metric;
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
class CampaignScene {

	private static final Logger log = LoggerFactory.getLogger(CampaignScene.class);

	/** With fewer nothing can be told apart. */
	private static final int FEWEST_PEOPLE = 1_000;

	private static final int LOOKS = 240;

	private static final long BETWEEN_LOOKS_MILLIS = 500;

	/** A service letter, which goes at any hour: so it has ended whenever one comes. */
	private static final Brief FINISHED = new Brief("New carrier", "service", "new-carrier", Meanings.CUSTOMERS.name(),
			null, null,
			new TestPlan(
					List.of(VariantBrief.written("statement"),
							VariantBrief.subject("question", "Where should your next parcel go, {{ first_name }}?")),
					Metric.CLICK, 60, Duration.ofMinutes(1), Duration.ofSeconds(45)),
			0);

	/**
	 * Not to Ada, who has ordered lately: with one letter more she would be at her cap,
	 * and whoever leaves a cart in her name would wait a day for the message.
	 */
	private static final Brief IN_ITS_TEST = new Brief("Workshop letter", "newsletter", "workshop-letter",
			Meanings.LAPSED.name(), null, null,
			new TestPlan(
					List.of(VariantBrief.written("plain"),
							VariantBrief.subject("by-name",
									"{{ first_name }}, this is what we do in the workshop this month")),
					Metric.CLICK, 50, Duration.ofDays(1), Duration.ofMinutes(10)),
			5);

	private final Campaigns campaigns;

	private final Segments segments;

	private final Shelves shelves;

	private final Progress progress;

	private final TransactionTemplate transaction;

	CampaignScene(Campaigns campaigns, Segments segments, Shelves shelves, Progress progress,
			TransactionTemplate transaction) {
		this.campaigns = campaigns;
		this.segments = segments;
		this.shelves = shelves;
		this.progress = progress;
		this.transaction = transaction;
	}

	/** Launches what is not launched yet; either both or none. */
	void play(TenantId tenant, Instant anchor, int people) {
		if (people < FEWEST_PEOPLE || !everybodyIsIn(tenant, customers(anchor, people))) {
			return;
		}
		this.transaction.executeWithoutResult((status) -> {
			if (this.progress.claimCampaigns(tenant)) {
				this.shelves.fillGaps(tenant);
				launch(tenant, FINISHED);
				launch(tenant, IN_ITS_TEST);
				log.info("Two sample campaigns are under way; the first has its verdict in a minute and a half");
			}
		});
	}

	private void launch(TenantId tenant, Brief brief) {
		CampaignId id = this.campaigns.create(tenant, Shelves.ACTOR, brief).id();
		this.campaigns.launch(tenant, Shelves.ACTOR, id);
	}

	private static int customers(Instant anchor, int people) {
		Population population = new Population(new Assortment().categories(), anchor);
		return (int) IntStream.rangeClosed(1, people)
			.filter((number) -> population.shopper(number).orders() > 0)
			.count();
	}

	/** Segments follow the events; an audience frozen too early would be a part of it. */
	private boolean everybodyIsIn(TenantId tenant, int customers) {
		try {
			for (int look = 0; look < LOOKS; look++) {
				if (this.segments.preview(tenant, Meanings.CUSTOMERS.definition()).size() >= customers) {
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
