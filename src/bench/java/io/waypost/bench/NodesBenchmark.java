package io.waypost.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.zaxxer.hikari.HikariDataSource;
import io.waypost.WaypostApplication;
import io.waypost.audience.Segment;
import io.waypost.audience.SegmentDraft;
import io.waypost.audience.Segments;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.CampaignBrief;
import io.waypost.campaign.Campaigns;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Throughput of a campaign with one and two nodes on the same database, on a machine
 * whose cores both nodes, PostgreSQL and the accept log share. Campaigns of the same size
 * to different people, by one node, by two, and by one again.
 */
class NodesBenchmark {

	private static final int PEOPLE = Integer.getInteger("bench.nodes.people", 30_000);

	private static final List<String> COUNTRIES = List.of("FR", "GB", "DE", "IE");

	private static final String[] ESP = { "waypost.experiment.global-holdout=0", "waypost.esp[0].name=sandbox",
			"waypost.esp[0].type=sandbox", "waypost.esp[0].sandbox-mode=accept-log" };

	@Test
	void sharesACampaign() throws Exception {
		try (BenchmarkApplication application = BenchmarkApplication.start(ESP)) {
			JdbcTemplate jdbc = application.owner();
			open(application);
			send(application, jdbc, "FR");
			double alone = PEOPLE / send(application, jdbc, "GB");
			Path log = application.data().resolve("second.log");
			Process second = second(application, log);
			double together;
			double worked;
			try {
				send(application, jdbc, "DE");
				double before = cpu(second);
				together = PEOPLE / send(application, jdbc, "IE");
				worked = cpu(second) - before;
			}
			finally {
				second.destroy();
				second.waitFor(60, TimeUnit.SECONDS);
			}
			assertThat(jdbc.queryForObject("select count(*) from delivery.sandbox_acceptance", Long.class))
				.as("accepted once each")
				.isEqualTo((long) PEOPLE * COUNTRIES.size());
			new BenchmarkReport("nodes", "%,d recipients a campaign, nodes on one machine".formatted(PEOPLE))
				.add("messages/s by one node", alone)
				.add("messages/s by two", together)
				.add("two over one", together / alone)
				.add("CPU of the second node, us per recipient", worked * 1e6 / PEOPLE)
				.publish();
		}
	}

	private static void open(BenchmarkApplication application) throws IOException {
		BenchmarkShop shop = new BenchmarkShop(application);
		shop.addBrandKit();
		shop.addTemplate("spring");
		shop.addProduct();
		shop.importProfiles(PEOPLE * COUNTRIES.size(), 100, NodesBenchmark::person);
		Segments segments = application.bean(Segments.class);
		for (String country : COUNTRIES) {
			Segment added = segments.add(BenchmarkApplication.TENANT, BenchmarkShop.ACTOR, new SegmentDraft(segment(country),
					"For the benchmark", "bench", "consents to marketing and country is " + country));
			segments.approve(BenchmarkApplication.TENANT, BenchmarkShop.ACTOR, added.name(), added.version());
		}
		long deadline = System.nanoTime() + 300_000_000_000L;
		long wanted = (long) PEOPLE * COUNTRIES.size();
		while (segments.preview(BenchmarkApplication.TENANT, "consents to marketing").size() < wanted) {
			assertThat(System.nanoTime()).as("segments are up to date in time").isLessThan(deadline);
			LockSupport.parkNanos(500_000_000);
		}
	}

	private static String segment(String country) {
		return "in-" + country.toLowerCase(Locale.ROOT);
	}

	/** Polls the database, because the metrics cover only one node. */
	private static double send(BenchmarkApplication application, JdbcTemplate jdbc, String country) {
		Campaigns campaigns = application.bean(Campaigns.class);
		long begin = System.nanoTime();
		Campaign campaign = campaigns.create(BenchmarkApplication.TENANT, BenchmarkShop.ACTOR,
				new CampaignBrief("To " + country, "welcome", "spring", segment(country), null, null, null, 0));
		campaigns.launch(BenchmarkApplication.TENANT, BenchmarkShop.ACTOR, campaign.id());
		String accepted = "select count(*) from delivery.send where run_id = ? and accepted_at is not null";
		while (jdbc.queryForObject(accepted, Long.class, campaign.id().value()) < PEOPLE) {
			assertThat(System.nanoTime() - begin).as("sent in time").isLessThan(600_000_000_000L);
			LockSupport.parkNanos(200_000_000);
		}
		return (System.nanoTime() - begin) / 1e9;
	}

	private static Process second(BenchmarkApplication application, Path log) throws IOException {
		HikariDataSource database = application.bean(HikariDataSource.class);
		String java = ProcessHandle.current().info().command().orElseThrow();
		Process process = new ProcessBuilder(java, "-Xmx512m", "-XX:+UseParallelGC",
				"--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
				WaypostApplication.class.getName(), "--server.port=0", "--waypost.sample=false",
				"--waypost.admin.password=bench-password",
				"--waypost.data-dir=" + application.data(), "--spring.datasource.url=" + database.getJdbcUrl(),
				"--spring.datasource.username=" + database.getUsername(),
				"--spring.datasource.password=" + database.getPassword(), "--" + ESP[0], "--" + ESP[1], "--" + ESP[2], "--" + ESP[3])
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		while (!Files.readString(log).contains("is ready after")) {
			assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
			LockSupport.parkNanos(100_000_000);
		}
		return process;
	}

	private static double cpu(Process process) {
		return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
	}

	private static String person(int number) {
		return """
				{"type":"identify","messageId":"i%1$d","userId":"p%1$d","traits":{"email":"p%1$d@example.com",
				"firstName":"Ada","timezone":"%2$s","address":{"country":"%3$s"}},
				"context":{"consent":{"categoryPreferences":{"marketing":true}}}}
				""".formatted(number, BenchmarkShop.middayTimeZone(), COUNTRIES.get(number % COUNTRIES.size()));
	}

}
