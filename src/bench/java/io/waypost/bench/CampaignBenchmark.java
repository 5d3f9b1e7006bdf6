package io.waypost.bench;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import io.waypost.audience.Segment;
import io.waypost.audience.SegmentDraft;
import io.waypost.audience.Segments;
import io.waypost.campaign.Brief;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.Campaigns;
import io.waypost.content.BrandKit;
import io.waypost.content.BrandKits;
import io.waypost.content.Catalogue;
import io.waypost.content.CatalogueItem;
import io.waypost.content.Product;
import io.waypost.content.Template;
import io.waypost.content.Templates;
import io.waypost.kernel.Money;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * How long it takes from the launch of a campaign to the last message that the provider
 * accepted, and what a recipient costs: freezing, words, permission, window, variant, sends,
 * ledger, dispatch and the sandbox.
 */
class CampaignBenchmark {

	private static final int PEOPLE = Integer.getInteger("bench.campaign.people", 10_000);

	private static final String ACTOR = "user:bench";

	@Test
	void sends() throws Exception {
		try (BenchApplication application = BenchApplication.start("waypost.experiment.global-holdout=0")) {
			JdbcTemplate jdbc = application.bean(JdbcTemplate.class);
			stock(application);
			introduce(application);
			Segments segments = application.bean(Segments.class);
			Segment everybody = segments.add(BenchApplication.TENANT, ACTOR,
					new SegmentDraft("everybody", "Everybody", "bench", "consents to marketing"));
			segments.approve(BenchApplication.TENANT, ACTOR, "everybody", everybody.version());
			awaitPeople(segments);
			run(application, jdbc, "warm-up", 0);
			jdbc.execute("vacuum analyze");
			CpuTime before = CpuTime.now(application.data());
			double seconds = run(application, jdbc, "measured", PEOPLE);
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

	/** Asks seldom, because asking costs what is being measured. */
	private static double run(BenchApplication application, JdbcTemplate jdbc, String name, int already) {
		Campaigns campaigns = application.bean(Campaigns.class);
		Campaign campaign = campaigns.create(BenchApplication.TENANT, ACTOR,
				new Brief(name, "welcome", "spring", "everybody", null, null, null, 0));
		long begin = System.nanoTime();
		campaigns.launch(BenchApplication.TENANT, ACTOR, campaign.id());
		long deadline = begin + 600_000_000_000L;
		while (accepted(jdbc) < already + PEOPLE) {
			if (System.nanoTime() > deadline) {
				fail("%s: %s of %s", campaigns.find(BenchApplication.TENANT, campaign.id()),
						jdbc.queryForList("select status, reason, count(*) from delivery.send group by 1, 2"), PEOPLE);
			}
			LockSupport.parkNanos(100_000_000);
		}
		return (System.nanoTime() - begin) / 1e9;
	}

	private static long accepted(JdbcTemplate jdbc) {
		return jdbc.queryForObject("select count(*) from delivery.send where accepted_at is not null", Long.class);
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

	private static void introduce(BenchApplication application) throws Exception {
		String key = Base64.getEncoder()
			.encodeToString((BenchApplication.WRITE_KEY + ":").getBytes(StandardCharsets.US_ASCII));
		try (HttpWire wire = new HttpWire(application.port(), "/v1/batch",
				"Content-Type: application/json\r\nAuthorization: Basic " + key + "\r\n")) {
			for (int from = 0; from < PEOPLE; from += 100) {
				StringBuilder body = new StringBuilder("{\"batch\":[");
				for (int i = from; i < Math.min(from + 100, PEOPLE); i++) {
					body.append((i > from) ? "," : "").append("""
							{"type":"identify","messageId":"i%1$d","userId":"p%1$d","traits":{"email":"p%1$d@example.com",
							"firstName":"Ada","timezone":"%2$s","address":{"country":"GB"}},
							"context":{"consent":{"categoryPreferences":{"marketing":true}}}}
							""".formatted(i, noon()));
				}
				assertThat(wire.post(body.append("]}").toString().getBytes(StandardCharsets.UTF_8))).isEqualTo(200);
			}
		}
	}

	/** A zone where it is the middle of the day, so that quiet hours do not interfere. */
	private static String noon() {
		int west = Instant.now().atOffset(ZoneOffset.UTC).getHour() - 12;
		return (west == 0) ? "Etc/GMT" : "Etc/GMT%+d".formatted(west);
	}

	private static void stock(BenchApplication application) {
		BrandKits brands = application.bean(BrandKits.class);
		BrandKit kit = brands.add(BenchApplication.TENANT, ACTOR,
				new BrandKit(0, "Bench Shop", "hello@shop.example", List.of("Bench Shop", "1 High Street", "London"),
						"https://shop.example", "https://shop.example/logo.png", "#224466", Set.of("shop.example"),
						Set.of()));
		brands.approve(BenchApplication.TENANT, ACTOR, kit.version());
		Templates templates = application.bean(Templates.class);
		Template spring = templates.add(BenchApplication.TENANT, ACTOR,
				new Template("spring", 0, "marketing", "en", null, null, null, null, null, false));
		templates.approve(BenchApplication.TENANT, ACTOR, "spring", spring.version());
		application.bean(Catalogue.class)
			.save(BenchApplication.TENANT,
					List.of(new CatalogueItem(new Product("teapot", "Blue teapot", "Kitchen",
							new Money(new BigDecimal("19.95"), Currency.getInstance("GBP")),
							"https://shop.example/teapot.png", "https://shop.example/teapot"), 10)));
	}

}
