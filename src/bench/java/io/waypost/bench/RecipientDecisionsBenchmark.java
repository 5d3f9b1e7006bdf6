package io.waypost.bench;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.agent.CampaignContentWriter;
import io.waypost.agent.CampaignRecipient;
import io.waypost.agent.ContentBrief;
import io.waypost.agent.ContentVariant;
import io.waypost.agent.RecipientDecisions;
import io.waypost.agent.archetype.Archetype;
import io.waypost.agent.archetype.ArchetypeContent;
import io.waypost.agent.archetype.Archetypes;
import io.waypost.agent.archetype.ReviewedContent;
import io.waypost.consent.SendPermissionEvaluator;
import io.waypost.content.CatalogueItem;
import io.waypost.content.Product;
import io.waypost.content.ProductCatalogue;
import io.waypost.content.Template;
import io.waypost.content.liquid.LiquidEngine;
import io.waypost.delivery.CampaignSend;
import io.waypost.delivery.CampaignSendBatch;
import io.waypost.delivery.CampaignSendControl;
import io.waypost.delivery.CampaignSends;
import io.waypost.delivery.RecentSends;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SharedContent;
import io.waypost.delivery.SharedContents;
import io.waypost.feature.FeatureStore;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.Money;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What it costs to decide for each person of a campaign which words they get, whether they
 * may be written to and when: everything before the sends are inserted. Each person has
 * orders, a category, a click and two messages of the last week.
 */
class RecipientDecisionsBenchmark {

	private static final int PEOPLE = Integer.getInteger("bench.personalise.people", 20_000);

	private static final int ROUNDS = Integer.getInteger("bench.personalise.rounds", 5);

	private static final int CHUNK = 1_000;

	private static final TenantId TENANT = BenchmarkApplication.TENANT;

	private static final List<String> CATEGORIES = List.of("Kitchen", "Garden", "Toys", "Books", "Lamps", "Tea", "Cups");

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final String LIQUID = """
			Hello {{ first_name }}, {{ shop }} has something for you from {{ category }}:
			{% for item in items %}<tr><td><a href="{{ item.url }}">{{ item.name }}</a></td><td>{{ item.price }}</td></tr>
			{% endfor %}{{ item_count }} things. """ + "The content that every recipient reads. ".repeat(45);

	@Test
	void personalises() throws Exception {
		try (BenchmarkApplication application = BenchmarkApplication.start()) {
			JdbcTemplate jdbc = application.owner();
			stock(application);
			new BenchmarkShop(application).importProfiles(PEOPLE, 20, RecipientDecisionsBenchmark::person);
			List<ProfileId> people = jdbc.query("select profile_id from feature.profile_state where tenant_id = ?",
					(row, number) -> new ProfileId(row.getObject(1, UUID.class)), TENANT.value());
			assertThat(people).hasSize(PEOPLE);
			writeEarlier(application, jdbc, people);
			BenchmarkReport report = new BenchmarkReport("personalise",
					"%,d people in chunks of %,d, %d rounds".formatted(PEOPLE, CHUNK, ROUNDS));
			measure(application, people, null, "at once", report);
			measure(application, people, Duration.ofHours(24), "at the best hour", report);
			steps(application, people, report);
			report.add("bare Liquid of 1.7 KB with three items, us", liquid(application.bean(LiquidEngine.class))).publish();
		}
	}

	private static void measure(BenchmarkApplication application, List<ProfileId> people, Duration within, String when,
			BenchmarkReport report) {
		ContentBrief brief = brief(within);
		CpuTime begin = CpuTime.now(application.data());
		List<Archetype> archetypes = application.bean(Archetypes.class).partition(TENANT, brief, chunks(people));
		CpuTime divided = CpuTime.now(application.data()).since(begin);
		CpuTime before = CpuTime.now(application.data());
		List<ArchetypeContent> contents = application.bean(CampaignContentWriter.class).write(TENANT, brief, archetypes);
		CpuTime written = CpuTime.now(application.data()).since(before);
		List<ReviewedContent> ready = contents.stream()
			.map((content) -> new ReviewedContent(content.archetype(), content.variant(), content.content(), null))
			.toList();
		RecipientDecisions personaliser = application.bean(RecipientDecisions.class);
		int queued = 0;
		long bytes = 0;
		for (int round = 0; round < ROUNDS; round++) {
			personalise(personaliser, brief, ready, people);
		}
		CpuTime start = CpuTime.now(application.data());
		long thread = thread();
		for (int round = 0; round < ROUNDS; round++) {
			List<CampaignSend> sends = personalise(personaliser, brief, ready, people);
			queued += (int) sends.stream().filter((send) -> send.status() == SendStatus.QUEUED).count();
		}
		CpuTime spent = CpuTime.now(application.data()).since(start);
		double own = thread() - thread;
		for (CampaignSend send : personalise(personaliser, brief, ready, people)) {
			bytes += size(send.explanation());
		}
		double decisions = (double) ROUNDS * people.size();
		report.add(when + ": archetypes", archetypes.size())
			.add(when + ": dividing, CPU us a person (JVM)", divided.jvm() / 1e3 / people.size())
			.add(when + ": dividing, CPU us a person (PostgreSQL)", divided.children() / 1e3 / people.size())
			.add(when + ": writing, CPU ms a content", (written.jvm() + written.children()) / 1e6 / contents.size())
			.add(when + ": share queued", queued / decisions)
			.add(when + ": deciding, CPU us a person (its own thread)", own / 1e3 / decisions)
			.add(when + ": deciding, CPU us a person (JVM)", spent.jvm() / 1e3 / decisions)
			.add(when + ": deciding, CPU us a person (PostgreSQL)", spent.children() / 1e3 / decisions)
			.add(when + ": deciding, CPU us a person (sum)", (spent.jvm() + spent.children()) / 1e3 / decisions)
			.add(when + ": bytes of a person's explanation", (double) bytes / people.size());
	}

	/** The reads of which a chunk consists, each alone. */
	private static void steps(BenchmarkApplication application, List<ProfileId> people, BenchmarkReport report) {
		Profiles profiles = application.bean(Profiles.class);
		FeatureStore features = application.bean(FeatureStore.class);
		SendPermissionEvaluator permissions = application.bean(SendPermissionEvaluator.class);
		step(application, "profiles", people, report, (chunk) -> profiles.read(TENANT, chunk));
		step(application, "features", people, report, (chunk) -> features.online(TENANT, chunk));
		Map<ProfileId, Profile> known = profiles.read(TENANT, people);
		step(application, "permission", people, report, (chunk) -> {
			Map<ProfileId, Profile> asked = new HashMap<>();
			chunk.forEach((person) -> asked.put(person, known.get(person)));
			permissions.preview(TENANT, "marketing", chunk, asked);
		});
		step(application, "messages lately", people, report, (chunk) -> application.bean(RecentSends.class).count(TENANT, chunk, Instant.now()));
	}

	private static void step(BenchmarkApplication application, String name, List<ProfileId> people, BenchmarkReport report,
			Consumer<List<ProfileId>> work) {
		long thread = thread();
		CpuTime start = CpuTime.now(application.data());
		for (int round = 0; round < ROUNDS; round++) {
			chunks(people).forEach(work);
		}
		CpuTime spent = CpuTime.now(application.data()).since(start);
		double own = thread() - thread;
		double reads = (double) ROUNDS * people.size();
		report.add("reading " + name + ", CPU us a person (its own thread + PostgreSQL)",
				String.format(Locale.ROOT, "%.2f + %.2f", own / 1e3 / reads, spent.children() / 1e3 / reads));
	}

	/** What compilers, collectors and other modules do meanwhile is not in this figure. */
	private static long thread() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

	private static List<CampaignSend> personalise(RecipientDecisions personaliser, ContentBrief brief,
			List<ReviewedContent> ready, List<ProfileId> people) {
		List<CampaignSend> sends = new ArrayList<>(people.size());
		for (List<ProfileId> chunk : chunks(people)) {
			List<CampaignRecipient> wanted = IntStream.range(0, chunk.size())
				.mapToObj((i) -> new CampaignRecipient(chunk.get(i), (i % 2 == 0) ? "A" : "B",
						Map.of("experiment", "bench", "role", "test", "arm", (i % 2 == 0) ? "A" : "B"), 0))
				.toList();
			sends.addAll(personaliser.decide(TENANT, brief, ready, wanted).sends());
		}
		return sends;
	}

	private static List<List<ProfileId>> chunks(List<ProfileId> people) {
		List<List<ProfileId>> chunks = new ArrayList<>();
		for (int from = 0; from < people.size(); from += CHUNK) {
			chunks.add(people.subList(from, Math.min(people.size(), from + CHUNK)));
		}
		return chunks;
	}

	private static ContentBrief brief(Duration within) {
		return new ContentBrief(new CampaignId(UUID.randomUUID()), "sale", "sale", "marketing", null,
				List.of(ContentVariant.named("A"), ContentVariant.subject("B", "{{ shop }}: new in {{ category | default: 'the shop' }}")),
				within);
	}

	/** Adds two messages of three days ago for each profile. */
	private static void writeEarlier(BenchmarkApplication application, JdbcTemplate jdbc, List<ProfileId> people) {
		ContentBrief brief = brief(null);
		List<ArchetypeContent> contents = application.bean(CampaignContentWriter.class)
			.write(TENANT, brief, application.bean(Archetypes.class).partition(TENANT, brief, chunks(people)));
		ArchetypeContent content = contents.getFirst();
		CampaignSends campaigns = application.bean(CampaignSends.class);
		application.bean(SharedContents.class).store(TENANT, List.of(new SharedContent(content.content(), content.draft(), content.explanation())));
		for (int earlier = 0; earlier < 2; earlier++) {
			CampaignId campaign = new CampaignId(UUID.randomUUID());
			application.bean(CampaignSendControl.class).pause(TENANT, campaign);
			for (List<ProfileId> chunk : chunks(people)) {
				campaigns.add(TENANT, new CampaignSendBatch(campaign, "sale", "marketing", Map.of("source", "bench")),
						chunk.stream()
							.map((person) -> new CampaignSend(person, content.content(), "A", SendStatus.QUEUED, null, null,
									null, Map.of()))
							.toList());
			}
		}
		jdbc.execute("update delivery.send set status = 'delivered', ready_at = null, queued_at = now() - interval '3 days'");
		jdbc.execute("vacuum analyze");
	}

	private static double liquid(LiquidEngine liquid) {
		Map<String, Object> item = Map.of("url", "https://shop.example/teapot", "name", "Blue teapot", "price", "£19.95");
		Map<String, Object> slots = Map.of("first_name", "Ada", "shop", "Bench Shop", "category", "Kitchen", "items",
				List.of(item, item, item), "item_count", 3);
		int length = 0;
		long nanos = 0;
		for (int round = 0; round < 2; round++) {
			long start = System.nanoTime();
			for (int i = 0; i < 20_000; i++) {
				length += liquid.render(LIQUID, slots).length();
			}
			nanos = System.nanoTime() - start;
		}
		assertThat(length).isPositive();
		return nanos / 1e3 / 20_000;
	}

	private static int size(Map<String, Object> explanation) {
		try {
			return JSON.writeValueAsBytes(explanation).length;
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String person(int i) {
		String category = CATEGORIES.get((i * 7 + i / 13) % CATEGORIES.size());
		Instant earlier = Instant.now().minus(Duration.ofDays(10 + i % 150));
		StringBuilder events = new StringBuilder("""
				{"type":"identify","messageId":"i%1$d","userId":"p%1$d","traits":{"email":"p%1$d@example.com",
				"firstName":"Ada","locale":"%3$s","timezone":"%2$s","address":{"country":"GB"}},
				"context":{"consent":{"categoryPreferences":{"marketing":%4$s}}}}
				""".formatted(i, BenchmarkShop.middayTimeZone(), List.of("en-GB", "en-US", "de-DE", "fr-FR").get(i % 4), i % 50 != 0));
		events.append("""
				,{"type":"track","event":"Product Viewed","messageId":"v%1$d","userId":"p%1$d","timestamp":"%3$s",
				"properties":{"product_id":"x%1$d","category":"%2$s","price":9.5}}
				""".formatted(i, category, earlier));
		for (int order = 0; order < i % 4; order++) {
			events.append("""
					,{"type":"track","event":"Order Completed","messageId":"o%1$d-%2$d","userId":"p%1$d","timestamp":"%3$s",
					"properties":{"order_id":"o%1$d-%2$d","revenue":%4$d,"currency":"GBP"}}
					""".formatted(i, order, earlier.minus(Duration.ofDays(30L * order)), 10 + (i * 37) % 150));
		}
		if (i % 2 == 0) {
			events.append("""
					,{"type":"track","event":"Email Link Clicked","messageId":"c%1$d","userId":"p%1$d","timestamp":"%2$s"}
					""".formatted(i, earlier.plus(Duration.ofHours((i / 2) % 9))));
		}
		return events.toString();
	}

	private static void stock(BenchmarkApplication application) {
		BenchmarkShop shop = new BenchmarkShop(application);
		shop.addBrandKit();
		shop.addTemplate("sale");
		List<CatalogueItem> items = new ArrayList<>();
		for (String category : CATEGORIES) {
			for (int i = 0; i < 4; i++) {
				String id = category.toLowerCase(Locale.ROOT) + i;
				items.add(new CatalogueItem(new Product(id, category + " piece " + i, category,
						new Money(new BigDecimal("19.95"), Currency.getInstance("GBP")),
						"https://shop.example/" + id + ".png", "https://shop.example/" + id), 10 - i));
			}
		}
		application.bean(ProductCatalogue.class).save(TENANT, items);
	}

}
