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
import io.waypost.delivery.SharedContents;
import io.waypost.kernel.CampaignId;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Time from the launch of a campaign to its last accepted message, and cost per
 * recipient: audience, content, permission, send window, variant, sends, ledger, dispatch
 * and the sandbox.
 */
class CampaignBenchmark {

	private static final int PEOPLE = Integer.getInteger("bench.campaign.people", 10_000);

	/**
	 * Limited, because a campaign with a new template to more than 50,000 people needs
	 * approval.
	 */
	private static final int WARM_UP = Math.min(PEOPLE, 20_000);

	/** Recipients of a second campaign, which measures a warm application. */
	private static final int OTHERS = Math.min(PEOPLE - WARM_UP, 80_000);

	@Test
	void sends() throws Exception {
		try (BenchmarkApplication application = BenchmarkApplication.start("waypost.experiment.global-holdout=0",
				"waypost.esp[0].name=sandbox", "waypost.esp[0].type=sandbox", "waypost.esp[0].sandbox-mode=accept-log")) {
			JdbcTemplate jdbc = application.owner();
			BenchmarkShop shop = new BenchmarkShop(application);
			BrandKit brand = shop.addBrandKit();
			shop.addTemplate("spring");
			shop.addProduct();
			shop.importProfiles(PEOPLE, 100, CampaignBenchmark::person);
			Segments segments = application.bean(Segments.class);
			segment(segments, "all-recipients", "consents to marketing");
			segment(segments, "some", "consents to marketing and country is FR");
			segment(segments, "others", "consents to marketing and country is GB");
			awaitPeople(segments);
			double pause = pauseInMidSend(application, jdbc);
			jdbc.execute("vacuum analyze");
			System.gc();
			CpuTime before = CpuTime.now(application.data());
			Sent sent;
			try (BenchmarkProfiler profile = BenchmarkProfiler.start(application, PEOPLE)) {
				sent = run(application, jdbc, "all-recipients", WARM_UP + PEOPLE);
				profile.finish();
			}
			CpuTime spent = CpuTime.now(application.data()).since(before);
			BenchmarkReport report = new BenchmarkReport("campaign",
					"%,d recipients from launch to last accept, one node".formatted(PEOPLE))
				.add("seconds", sent.seconds())
				.add("messages/s", PEOPLE / sent.seconds())
				.add("CPU of the JVM, us per recipient", spent.jvm() / 1e3 / PEOPLE)
				.add("CPU of PostgreSQL, us per recipient", spent.children() / 1e3 / PEOPLE);
			if (OTHERS > 0) {
				again(application, jdbc, report);
			}
			long heap = heap();
			double progress = progress(application, sent.campaign());
			BaselineCost floor = floor(application, jdbc, sent.campaign(), brand);
			report.add("heap used after, MB", heap)
				.add("time until a pause takes effect, ms", pause)
				.add("progress query, ms", progress)
				.add(floor)
				.publish();
		}
	}

	/** Pauses the warm-up campaign while it is being sent, and resumes it. */
	private static double pauseInMidSend(BenchmarkApplication application, JdbcTemplate jdbc) {
		BenchmarkShop shop = new BenchmarkShop(application);
		Campaigns campaigns = application.bean(Campaigns.class);
		CampaignId campaign = launch(application, "some");
		while (shop.accepted() < WARM_UP / 4) {
			LockSupport.parkNanos(1_000_000);
		}
		campaigns.pause(BenchmarkApplication.TENANT, BenchmarkShop.ACTOR, campaign);
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
		campaigns.resume(BenchmarkApplication.TENANT, BenchmarkShop.ACTOR, campaign);
		shop.awaitAccepted(jdbc, WARM_UP);
		return (last - paused) / 1e6;
	}

	private static CampaignId launch(BenchmarkApplication application, String segment) {
		Campaigns campaigns = application.bean(Campaigns.class);
		Campaign campaign = campaigns.create(BenchmarkApplication.TENANT, BenchmarkShop.ACTOR,
				new CampaignBrief("To " + segment, "welcome", "spring", segment, null, null, null, 0));
		campaigns.launch(BenchmarkApplication.TENANT, BenchmarkShop.ACTOR, campaign.id());
		return campaign.id();
	}

	/** Includes the approval of a large audience. */
	private static Sent run(BenchmarkApplication application, JdbcTemplate jdbc, String segment, int accepted)
			throws Exception {
		long begin = System.nanoTime();
		CampaignId campaign = launch(application, segment);
		Campaigns campaigns = application.bean(Campaigns.class);
		if (campaigns.require(BenchmarkApplication.TENANT, campaign).status() == CampaignStatus.AWAITING_APPROVAL) {
			new BenchmarkShop(application).approveNextTask();
		}
		new BenchmarkShop(application).awaitAccepted(jdbc, accepted);
		return new Sent(campaign, (System.nanoTime() - begin) / 1e9);
	}

	/**
	 * Sends to people who did not receive the warm-up campaign and are below their
	 * frequency cap.
	 */
	private static void again(BenchmarkApplication application, JdbcTemplate jdbc, BenchmarkReport report) throws Exception {
		CpuTime before = CpuTime.now(application.data());
		Sent sent = run(application, jdbc, "others", WARM_UP + PEOPLE + OTHERS);
		CpuTime spent = CpuTime.now(application.data()).since(before);
		report.add("the same again to %,d, messages/s".formatted(OTHERS), OTHERS / sent.seconds())
			.add("... CPU of the JVM, us a recipient", spent.jvm() / 1e3 / OTHERS)
			.add("... CPU of PostgreSQL, us a recipient", spent.children() / 1e3 / OTHERS);
	}

	private static BaselineCost floor(BenchmarkApplication application, JdbcTemplate jdbc, CampaignId campaign, BrandKit brand) {
		List<EmailDraft> drafts = jdbc
			.queryForList("select distinct content_id from delivery.send where run_id = ? and content_id is not null",
					UUID.class, campaign.value())
			.stream()
			.map((content) -> application.bean(SharedContents.class)
				.find(BenchmarkApplication.TENANT, content)
				.orElseThrow()
				.draft())
			.toList();
		return BaselineCost.measure(application, campaign, drafts, brand);
	}

	private static void segment(Segments segments, String name, String definition) {
		Segment added = segments.add(BenchmarkApplication.TENANT, BenchmarkShop.ACTOR,
				new SegmentDraft(name, "For the benchmark", "bench", definition));
		segments.approve(BenchmarkApplication.TENANT, BenchmarkShop.ACTOR, name, added.version());
	}

	private static void awaitPeople(Segments segments) {
		long deadline = System.nanoTime() + 300_000_000_000L;
		while (segments.preview(BenchmarkApplication.TENANT, "consents to marketing").size() < PEOPLE) {
			assertThat(System.nanoTime()).as("segments are up to date in time").isLessThan(deadline);
			LockSupport.parkNanos(500_000_000);
		}
	}

	/** Measures the query of the campaign page. */
	private static double progress(BenchmarkApplication application, CampaignId campaign) {
		long begin = System.nanoTime();
		CampaignProgress progress = application.bean(Campaigns.class).progress(BenchmarkApplication.TENANT, campaign);
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
				""".formatted(number, BenchmarkShop.middayTimeZone(), country);
	}

	private record Sent(CampaignId campaign, double seconds) {

	}

}
