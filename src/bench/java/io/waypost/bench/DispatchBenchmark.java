package io.waypost.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.delivery.CampaignSend;
import io.waypost.delivery.CampaignSendBatch;
import io.waypost.delivery.CampaignSendControl;
import io.waypost.delivery.CampaignSends;
import io.waypost.delivery.ContentClearance;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SharedContent;
import io.waypost.delivery.SharedContents;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.ProfileId;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Throughput of queued campaign messages: permission, addresses, pages, hashes, attempts,
 * outcomes and ledger, with a sandbox that writes an accept log. The baseline is measured
 * in the same run.
 */
class DispatchBenchmark {

	private static final int MESSAGES = Integer.getInteger("bench.messages", 20_000);

	private static final int WARM_UP = Math.min(MESSAGES, Integer.getInteger("bench.warmup", 20_000));

	private static final int CONTENTS = 48;

	private static final int PORTION = 1_000;

	@Test
	void dispatchesACampaign() throws Exception {
		try (BenchmarkApplication application = BenchmarkApplication.start("waypost.esp[0].name=sandbox",
				"waypost.esp[0].type=sandbox", "waypost.esp[0].sandbox-mode=accept-log")) {
			JdbcTemplate jdbc = application.owner();
			BenchmarkShop shop = new BenchmarkShop(application);
			BrandKit brand = shop.addBrandKit();
			shop.importProfiles(MESSAGES, 100, DispatchBenchmark::person);
			List<ProfileId> people = jdbc
				.queryForList("select id from identity.profile where tenant_id = 'bench' order by id", UUID.class)
				.stream()
				.map(ProfileId::new)
				.toList();
			assertThat(people).hasSize(MESSAGES);
			List<SharedContent> contents = contents(application, brand);
			send(application, people.subList(0, WARM_UP), contents, WARM_UP);
			jdbc.execute("vacuum analyze");
			Sent sent = send(application, people, contents, WARM_UP + MESSAGES);
			assertThat(application.bean(CampaignSendControl.class).countByStatus(BenchmarkApplication.TENANT, sent.campaign()))
				.isEqualTo(Map.of(SendStatus.ACCEPTED, Map.of("", (long) MESSAGES)));
			assertThat(jdbc.queryForObject("select count(*) - count(distinct send_id) from delivery.sandbox_acceptance",
					Long.class))
				.as("no message twice")
				.isZero();
			BaselineCost baseline = BaselineCost.measure(application, sent.campaign(), contents.stream().map(SharedContent::draft).toList(),
					brand);
			new BenchmarkReport("dispatch", "%d queued sends over %d contents, claim to accept".formatted(MESSAGES, CONTENTS))
				.add("messages/s", MESSAGES / sent.seconds())
				.add("seconds, release to last accept", sent.seconds())
				.add("CPU of the JVM, us per message", sent.spent().jvm() / 1e3 / MESSAGES)
				.add("CPU of PostgreSQL, us per message", sent.spent().children() / 1e3 / MESSAGES)
				.add("total CPU, us per message", (sent.spent().jvm() + sent.spent().children()) / 1e3 / MESSAGES)
				.add("transactions per 1,000 messages", sent.transactions() * 1_000.0 / MESSAGES)
				.add("CPU of adding the sends, JVM, us per send", sent.adding().jvm() / 1e3 / MESSAGES)
				.add("CPU of adding the sends, PostgreSQL, us per send", sent.adding().children() / 1e3 / MESSAGES)
				.add(baseline)
				.publish();
		}
	}

	private static Sent send(BenchmarkApplication application, List<ProfileId> people, List<SharedContent> contents,
			long wanted) throws Exception {
		CampaignSends campaigns = application.bean(CampaignSends.class);
		JdbcTemplate jdbc = application.owner();
		CampaignId campaign = new CampaignId(application.bean(IdGenerator.class).next());
		application.bean(CampaignSendControl.class).pause(BenchmarkApplication.TENANT, campaign);
		CpuTime before = CpuTime.now(application.data());
		add(campaigns, campaign, people, contents);
		CpuTime adding = CpuTime.now(application.data()).since(before);
		System.gc();
		try (BenchmarkProfiler profile = BenchmarkProfiler.start(application, people.size())) {
			long transactions = transactions(jdbc);
			CpuTime begun = CpuTime.now(application.data());
			long start = System.nanoTime();
			application.bean(CampaignSendControl.class).resume(BenchmarkApplication.TENANT, campaign);
			awaitAccepted(application, wanted);
			double seconds = (System.nanoTime() - start) / 1e9;
			CpuTime spent = CpuTime.now(application.data()).since(begun);
			profile.finish();
			return new Sent(campaign, seconds, spent, adding, transactions(jdbc) - transactions);
		}
	}

	private static void add(CampaignSends campaigns, CampaignId campaign, List<ProfileId> people,
			List<SharedContent> contents) {
		CampaignSendBatch sends = new CampaignSendBatch(campaign, "spring", "marketing", Map.of("campaign", campaign.toString()));
		for (int from = 0; from < people.size(); from += PORTION) {
			List<CampaignSend> portion = new ArrayList<>();
			for (int i = from; i < Math.min(from + PORTION, people.size()); i++) {
				portion.add(new CampaignSend(people.get(i), contents.get(i % CONTENTS).id(), "a", SendStatus.QUEUED, null,
						null, null, Map.of("features", Map.of("orders_30d", i % 7, "category", "Kitchen", "as_of",
								"2026-11-22T04:00:00Z"), "permission", Map.of("reason", "granted", "rule", "consent-3"))));
			}
			assertThat(campaigns.add(BenchmarkApplication.TENANT, sends, portion)).hasSize(portion.size());
		}
	}

	/** Reads the metric, because a database query would affect the measured values. */
	private static void awaitAccepted(BenchmarkApplication application, long wanted) {
		Timer accepted = application.bean(MeterRegistry.class).get("waypost.delivery.send.accept").timer();
		long deadline = System.nanoTime() + 600_000_000_000L;
		while (accepted.count() < wanted) {
			if (System.nanoTime() > deadline) {
				fail("%d wanted: %s", wanted, application.owner()
					.queryForList("select status, reason, count(*) from delivery.send group by 1, 2"));
			}
			LockSupport.parkNanos(20_000_000);
		}
	}

	private static long transactions(JdbcTemplate jdbc) {
		return jdbc.queryForObject(
				"select xact_commit + xact_rollback from pg_stat_database where datname = current_database()", Long.class);
	}

	private static List<SharedContent> contents(BenchmarkApplication application, BrandKit brand) {
		IdGenerator ids = application.bean(IdGenerator.class);
		List<SharedContent> contents = new ArrayList<>();
		for (int i = 0; i < CONTENTS; i++) {
			contents.add(new SharedContent(ids.next(), draft(i), Map.of(ContentClearance.INSPECTION,
					ContentClearance.inspected(draft(i), brand.visibleDigest(), "CONTINUE"), "plan", Map.of("angle", "new", "archetype", i),
					"versions", Map.of("writer", "rules@1"), "scores", Map.of("quality", 0.9, "relevance", 0.8))));
		}
		application.bean(SharedContents.class).store(BenchmarkApplication.TENANT, contents);
		return contents;
	}

	private static EmailDraft draft(int number) {
		List<EmailDraft.DraftItem> items = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			items.add(new EmailDraft.DraftItem("p" + i, "Regency teapot " + number + i, "£19.95", 1, "https://shop.example/i/" + i,
					"https://shop.example/p/" + number + "/" + i));
		}
		return new EmailDraft("en-GB", "{{ first_name }}, spring is in the kitchen " + number, "Three things you may like",
				"Spring is here",
				List.of("Hello {{ first_name }},",
						"We have put together a few things for the kitchen that go well with what you chose last time."),
				items, new EmailDraft.CallToAction("See all", "https://shop.example/spring/" + number), "See you soon");
	}

	private static String person(int number) {
		return """
				{"type":"identify","messageId":"i%1$d","userId":"p%1$d","traits":{"email":"p%1$d@example.com",
				"firstName":"Ada","lastName":"Lovelace","phone":"+44 20 7946 0%1$d","timezone":"Europe/London",
				"address":{"country":"GB"}},"context":{"consent":{"categoryPreferences":{"marketing":true}}}}
				""".formatted(number);
	}

	private record Sent(CampaignId campaign, double seconds, CpuTime spent, CpuTime adding, long transactions) {

	}

}
