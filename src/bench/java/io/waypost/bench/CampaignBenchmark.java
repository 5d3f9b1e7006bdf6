package io.waypost.bench;

import java.util.concurrent.locks.LockSupport;

import io.waypost.audience.Segment;
import io.waypost.audience.SegmentDraft;
import io.waypost.audience.Segments;
import io.waypost.campaign.Brief;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.Campaigns;
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

	@Test
	void sends() throws Exception {
		try (BenchApplication application = BenchApplication.start("waypost.experiment.global-holdout=0",
				"waypost.esp[0].name=sandbox", "waypost.esp[0].type=sandbox", "waypost.esp[0].keep=accept-log")) {
			JdbcTemplate jdbc = application.bean(JdbcTemplate.class);
			BenchShop shop = new BenchShop(application);
			shop.brand();
			shop.template("spring");
			shop.teapot();
			shop.introduce(PEOPLE, 100, CampaignBenchmark::person);
			Segments segments = application.bean(Segments.class);
			segment(segments, "everybody", "consents to marketing");
			segment(segments, "some", "consents to marketing and country is FR");
			awaitPeople(segments);
			run(application, jdbc, "some", WARM_UP);
			jdbc.execute("vacuum analyze");
			CpuTime before = CpuTime.now(application.data());
			double seconds = run(application, jdbc, "everybody", WARM_UP + PEOPLE);
			CpuTime spent = CpuTime.now(application.data()).since(before);
			new Report("campaign", "%,d recipients from launch to last accept, one node".formatted(PEOPLE))
				.add("seconds", seconds)
				.add("messages/s", PEOPLE / seconds)
				.add("CPU of the JVM, us a recipient", spent.jvm() / 1e3 / PEOPLE)
				.add("CPU of PostgreSQL, us a recipient", spent.children() / 1e3 / PEOPLE)
				.add("heap used after, MB", heap())
				.publish();
		}
	}

	private static double run(BenchApplication application, JdbcTemplate jdbc, String segment, int accepted) {
		Campaigns campaigns = application.bean(Campaigns.class);
		Campaign campaign = campaigns.create(BenchApplication.TENANT, BenchShop.ACTOR,
				new Brief("To " + segment, "welcome", "spring", segment, null, null, null, 0));
		long begin = System.nanoTime();
		campaigns.launch(BenchApplication.TENANT, BenchShop.ACTOR, campaign.id());
		new BenchShop(application).awaitAccepted(jdbc, accepted);
		return (System.nanoTime() - begin) / 1e9;
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

	private static long heap() {
		System.gc();
		return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
	}

	private static String person(int number) {
		return """
				{"type":"identify","messageId":"i%1$d","userId":"p%1$d","traits":{"email":"p%1$d@example.com",
				"firstName":"Ada","timezone":"%2$s","address":{"country":"%3$s"}},
				"context":{"consent":{"categoryPreferences":{"marketing":true}}}}
				""".formatted(number, BenchShop.noon(), (number < WARM_UP) ? "FR" : "GB");
	}

}
