package io.waypost.bench;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import io.waypost.audience.Segment;
import io.waypost.audience.SegmentDraft;
import io.waypost.audience.Segments;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.CampaignBrief;
import io.waypost.campaign.CampaignProgress;
import io.waypost.campaign.CampaignStatus;
import io.waypost.campaign.Campaigns;
import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.delivery.content.SharedContentRepository;
import io.waypost.kernel.CampaignId;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long it takes from the launch of a campaign to the last message that the provider
 * accepted, and what a recipient costs: freezing, words, permission, window, variant, sends,
 * ledger, dispatch and the sandbox.
 */
class CampaignBenchmark {

	private static final int PEOPLE = Integer.getInteger("bench.campaign.people", 10_000);

	/** A campaign with a new template to more than 50,000 people waits for approval. */
	private static final int WARM_UP = Math.min(PEOPLE, 20_000);

	/** Who gets a second campaign, to measure a warm one: not everybody of a million. */
	private static final int OTHERS = Math.min(PEOPLE - WARM_UP, 80_000);

	@Test
	void sends() throws Exception {
		try (BenchApplication application = BenchApplication.start("waypost.experiment.global-holdout=0",
				"waypost.esp[0].name=sandbox", "waypost.esp[0].type=sandbox", "waypost.esp[0].keep=accept-log")) {
			JdbcTemplate jdbc = application.bean(JdbcTemplate.class);
			BenchShop shop = new BenchShop(application);
			BrandKit brand = shop.brand();
			shop.template("spring");
			shop.teapot();
			shop.introduce(PEOPLE, 100, CampaignBenchmark::person);
			Segments segments = application.bean(Segments.class);
			segment(segments, "everybody", "consents to marketing");
			segment(segments, "some", "consents to marketing and country is FR");
			segment(segments, "others", "consents to marketing and country is GB");
			awaitPeople(segments);
			double pause = pauseInMidSend(application, jdbc);
			jdbc.execute("vacuum analyze");
			System.gc();
			CpuTime before = CpuTime.now(application.data());
			Sent sent;
			try (Profile profile = Profile.begin(application, PEOPLE)) {
				sent = run(application, jdbc, "everybody", WARM_UP + PEOPLE);
				profile.end();
			}
			CpuTime spent = CpuTime.now(application.data()).since(before);
			Report report = new Report("campaign",
					"%,d recipients from launch to last accept, one node".formatted(PEOPLE))
				.add("seconds", sent.seconds())
				.add("messages/s", PEOPLE / sent.seconds())
				.add("CPU of the JVM, us a recipient", spent.jvm() / 1e3 / PEOPLE)
				.add("CPU of PostgreSQL, us a recipient", spent.children() / 1e3 / PEOPLE);
			if (OTHERS > 0) {
				again(application, jdbc, report);
			}
			long heap = heap();
			double progress = progress(application, sent.campaign());
			Floor floor = floor(application, jdbc, sent.campaign(), brand);
			report.add("heap used after, MB", heap)
				.add("until nothing leaves any more after a pause, ms", pause)
				.add("counting how far it is, ms", progress)
				.add(floor)
				.publish();
		}
	}

	/** The campaign to warm up with is paused in mid-send and resumed. */
	private static double pauseInMidSend(BenchApplication application, JdbcTemplate jdbc) {
		BenchShop shop = new BenchShop(application);
		Campaigns campaigns = application.bean(Campaigns.class);
		CampaignId campaign = launch(application, "some");
		while (shop.accepted() < WARM_UP / 4) {
			LockSupport.parkNanos(1_000_000);
		}
		campaigns.pause(BenchApplication.TENANT, BenchShop.ACTOR, campaign);
		long paused = System.nanoTime();
		long last = paused;
		long accepted = shop.accepted();
		while (System.nanoTime() - last < 2_000_000_000L) {
			if (shop.accepted() > accepted) {
				accepted = shop.accepted();
				last = System.nanoTime();
			}
			LockSupport.parkNanos(5_000_000);
		}
		assertThat(accepted).as("paused before its end").isLessThan(WARM_UP);
		campaigns.resume(BenchApplication.TENANT, BenchShop.ACTOR, campaign);
		shop.awaitAccepted(jdbc, WARM_UP);
		return (last - paused) / 1e6;
	}

	private static CampaignId launch(BenchApplication application, String segment) {
		Campaigns campaigns = application.bean(Campaigns.class);
		Campaign campaign = campaigns.create(BenchApplication.TENANT, BenchShop.ACTOR,
				new CampaignBrief("To " + segment, "welcome", "spring", segment, null, null, null, 0));
		campaigns.launch(BenchApplication.TENANT, BenchShop.ACTOR, campaign.id());
		return campaign.id();
	}

	/** Where the audience is so large that it has to be approved, that is part of the time. */
	private static Sent run(BenchApplication application, JdbcTemplate jdbc, String segment, int accepted)
			throws Exception {
		long begin = System.nanoTime();
		CampaignId campaign = launch(application, segment);
		Campaigns campaigns = application.bean(Campaigns.class);
		if (campaigns.require(BenchApplication.TENANT, campaign).status() == CampaignStatus.AWAITING_APPROVAL) {
			new BenchShop(application).approveWaiting();
		}
		new BenchShop(application).awaitAccepted(jdbc, accepted);
		return new Sent(campaign, (System.nanoTime() - begin) / 1e9);
	}

	/** To those who did not get the campaign to warm up with and are below their cap. */
	private static void again(BenchApplication application, JdbcTemplate jdbc, Report report) throws Exception {
		CpuTime before = CpuTime.now(application.data());
		Sent sent = run(application, jdbc, "others", WARM_UP + PEOPLE + OTHERS);
		CpuTime spent = CpuTime.now(application.data()).since(before);
		report.add("the same again to %,d, messages/s".formatted(OTHERS), OTHERS / sent.seconds())
			.add("... CPU of the JVM, us a recipient", spent.jvm() / 1e3 / OTHERS)
			.add("... CPU of PostgreSQL, us a recipient", spent.children() / 1e3 / OTHERS);
	}

	private static Floor floor(BenchApplication application, JdbcTemplate jdbc, CampaignId campaign, BrandKit brand) {
		List<EmailDraft> drafts = jdbc
			.queryForList("select distinct content_id from delivery.send where run_id = ? and content_id is not null",
					UUID.class, campaign.value())
			.stream()
			.map((content) -> application.bean(SharedContentRepository.class)
				.find(BenchApplication.TENANT, content)
				.orElseThrow()
				.draft())
			.toList();
		return Floor.measure(application, campaign, drafts, brand);
	}

	private static void segment(Segments segments, String name, String definition) {
		Segment added = segments.add(BenchApplication.TENANT, BenchShop.ACTOR,
				new SegmentDraft(name, "For the benchmark", "bench", definition));
		segments.approve(BenchApplication.TENANT, BenchShop.ACTOR, name, added.version());
	}

	private static void awaitPeople(Segments segments) {
		long deadline = System.nanoTime() + 300_000_000_000L;
		while (segments.preview(BenchApplication.TENANT, "consents to marketing").size() < PEOPLE) {
			assertThat(System.nanoTime()).as("people are followed in time").isLessThan(deadline);
			LockSupport.parkNanos(500_000_000);
		}
	}

	/** What each look at its page asks. */
	private static double progress(BenchApplication application, CampaignId campaign) {
		long begin = System.nanoTime();
		CampaignProgress progress = application.bean(Campaigns.class).progress(BenchApplication.TENANT, campaign);
		double millis = (System.nanoTime() - begin) / 1e6;
		assertThat(progress.size()).isEqualTo(PEOPLE);
		return millis;
	}

	private static long heap() {
		System.gc();
		return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
	}

	private static String person(int number) {
		String country = (number < WARM_UP) ? "FR" : (number < WARM_UP + OTHERS) ? "GB" : "DE";
		return """
				{"type":"identify","messageId":"i%1$d","userId":"p%1$d","traits":{"email":"p%1$d@example.com",
				"firstName":"Ada","timezone":"%2$s","address":{"country":"%3$s"}},
				"context":{"consent":{"categoryPreferences":{"marketing":true}}}}
				""".formatted(number, BenchShop.noon(), country);
	}

	private record Sent(CampaignId campaign, double seconds) {

	}

}
