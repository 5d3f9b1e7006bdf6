package io.waypost.agent;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waypost.content.BrandKits;
import io.waypost.content.Catalogue;
import io.waypost.content.CatalogueItem;
import io.waypost.content.Template;
import io.waypost.content.Templates;
import io.waypost.delivery.Deliveries;
import io.waypost.delivery.SendStatus;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.ingestion.Event;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Entry;
import io.waypost.ledger.Ledger;
import io.waypost.testing.MutableClock;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The agents hand a message on, against the real stores and tables. */
@WaypostTest
class AgentChainIntegrationTests {

	private static final TenantId TENANT = TestTenant.ID;

	private final HttpClient http = HttpClient.newHttpClient();

	private final String user = "chain-" + UUID.randomUUID();

	@LocalServerPort
	private int port;

	@Autowired
	private Orchestrator orchestrator;

	@Autowired
	private Gate gate;

	@Autowired
	private Planner planner;

	@Autowired
	private Executor executor;

	@Autowired
	private Evaluator evaluator;

	@Autowired
	private Guardrail guardrail;

	@Autowired
	private Trigger trigger;

	@Autowired
	private Catalogue catalogue;

	@Autowired
	private BrandKits brands;

	@Autowired
	private Templates templates;

	@Autowired
	private Profiles profiles;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private Ledger ledger;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private IdGenerator ids;

	@Autowired
	private MutableClock clock;

	@BeforeEach
	void fillTheShop() {
		this.clock.set(Instant.parse("2026-11-23T10:00:00Z"));
		this.catalogue.save(TENANT, Shop.PRODUCTS.stream().map((product) -> new CatalogueItem(product, 5)).toList());
		this.brands.approve(TENANT, "user:test", this.brands.add(TENANT, "user:test", Shop.BRAND).version());
	}

	@AfterEach
	void putTheClockBack() {
		this.clock.reset();
	}

	@Test
	void bringsACartFromPermissionToTheQueueAndExplainsIt() {
		String template = template("cart-" + this.user, true);
		ProfileId person = person("de-DE", true);
		addToCart("p1", "p2", "not-in-catalogue");
		Message message = inTransaction(() -> this.orchestrator.submit(written(open(person, template)))).single();

		assertThat(message.route()).as("%s", message).isEqualTo(Route.CONTINUE);
		var stored = this.deliveries.read(TENANT, List.of(message.send().id())).getFirst();
		assertThat(stored.send().status()).isIn(SendStatus.QUEUED, SendStatus.SUBMITTING, SendStatus.ACCEPTED,
				SendStatus.DELIVERED);
		assertThat(stored.explanation()).containsKeys("permission", "throttling", "plan", "features", "variant",
				"scores", "findings", "versions");
		assertThat(stored.draft()).isNotNull();
		assertThat(stored.draft().locale()).isEqualTo("de-DE");
		assertThat(stored.draft().items()).extracting((item) -> item.productId() + " x" + item.quantity())
			.containsExactly("p1 x1", "p2 x1");
		assertThat(stored.draft().toString()).doesNotContain("Testperson", "@");
		assertThat(this.ledger.about(TENANT, "send:" + message.send().id())).extracting(Entry::kind)
			.contains("send.planned", "send.queued");
	}

	@Test
	void stopsWithoutConsent() {
		ProfileId person = person("en-GB", false);
		Message message = inTransaction(() -> this.orchestrator
			.withhold(this.gate.permit(open(person, template("welcome-" + this.user, true))))).single();
		assertThat(message.route()).isEqualTo(Route.STOP);
		assertThat(message.reason()).isEqualTo("no_consent");
		assertThat(message.send().status()).isEqualTo(SendStatus.WITHHELD);
		assertThat(this.ledger.about(TENANT, "send:" + message.send().id()))
			.filteredOn((entry) -> entry.kind().equals("send.withheld"))
			.singleElement()
			.satisfies((entry) -> assertThat(entry.facts()).containsEntry("reason", "no_consent")
				.containsKey("permissionTable"));
	}

	@Test
	void hasNothingToSayAboutAnEmptyCart() {
		ProfileId person = person("en-GB", true);
		Message message = inTransaction(() -> this.planner.plan(open(person, template("cart-" + this.user, true))))
			.single();
		assertThat(message.route()).isEqualTo(Route.STOP);
		assertThat(message.reason()).isEqualTo("nothing_to_say");
	}

	@Test
	void writesSafeWordsWhenThereIsNoTemplate() {
		ProfileId person = person("fr-FR", true);
		Batch open = open(person, "no-such-" + this.user);
		assertThatThrownBy(() -> inTransaction(() -> this.planner.plan(open))).isInstanceOfSatisfying(AgentFailed.class,
				(failed) -> assertThat(failed.code()).isEqualTo("template_missing"));
		Message message = inTransaction(() -> this.guardrail.inspect(this.executor.writeFallback(open))).single();
		assertThat(message.draft()).isNotNull();
		assertThat(message.draft().locale()).isEqualTo("fr-FR");
		assertThat(message.explanation().get("variant"))
			.asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
			.containsEntry("writer", "fallback");
	}

	@Test
	void sendsWordsOfAnUnapprovedTemplateToAPersonAndAppliesHerChanges() {
		ProfileId person = person("en-GB", true);
		addToCart("p1");
		Message flagged = inTransaction(
				() -> this.orchestrator.flag(written(open(person, template("cart-" + this.user, false)))))
			.single();
		assertThat(flagged.route()).isEqualTo(Route.REVIEW);
		assertThat(flagged.reason()).isEqualTo("template_not_approved");
		assertThat(flagged.reviewTerms()).hasValueSatisfying((terms) -> assertThat(terms.dueIn()).isPositive());

		Review review = new Review(Review.Decision.CHANGED, "user:anna", "shorter", "Your apron is here",
				"Hi {{ first_name }},\n\nIt is only 1.99 € now.");
		Message changed = inTransaction(() -> {
			Batch resumed = this.orchestrator.resume(TENANT, List.of(flagged.send().id()));
			assertThat(resumed.single().attempt()).isEqualTo(1);
			assertThat(resumed.single().plan()).isEqualTo(flagged.plan());
			return this.guardrail.inspect(this.orchestrator.apply(resumed, review));
		}).single();
		assertThat(changed.draft().paragraphs()).containsExactly("Hi {{ first_name }},", "It is only 1.99 € now.");
		assertThat(changed.explanation().get("findings").toString()).contains("price_unknown");
		assertThat(this.ledger.about(TENANT, "send:" + flagged.send().id())).extracting(Entry::kind)
			.contains("review.changed")
			.containsOnlyOnce("send.flagged");
	}

	@Test
	void waitsForTheMorningOfTheRecipient() {
		ProfileId person = person("en-GB", true);
		this.clock.set(Instant.parse("2026-11-23T23:15:00Z"));
		Message deferred = inTransaction(
				() -> this.orchestrator.defer(this.gate.throttle(open(person, template("welcome-" + this.user, true)))))
			.single();
		assertThat(deferred.route()).isEqualTo(Route.DEFER);
		assertThat(deferred.deferUntil()).isEqualTo("2026-11-24T08:00:00Z");
		this.clock.set(Instant.parse("2026-11-24T08:00:01Z"));
		Message resumed = inTransaction(
				() -> this.gate.throttle(this.orchestrator.resume(TENANT, List.of(deferred.send().id()))))
			.single();
		assertThat(resumed.route()).isEqualTo(Route.CONTINUE);
		assertThat(resumed.deferrals()).isEqualTo(1);
	}

	@Test
	void asksTheTableOnlyAboutEventsThatItNames() {
		ProfileId person = person("en-GB", true);
		assertThat(this.trigger.match(TENANT, List.of(event(person, "Product Viewed")))).isEmpty();
		assertThat(this.trigger.match(TENANT, List.of(event(person, "Product Viewed"), event(person, "Product Added"))))
			.singleElement()
			.isInstanceOfSatisfying(TriggerMatch.Start.class, (start) -> {
				assertThat(start.journey()).isEqualTo("cart-abandonment");
				assertThat(start.key()).isEqualTo("cart-1");
			});
		assertThat(this.trigger.match(TENANT, List.of(event(person, "Order Completed"))))
			.hasOnlyElementsOfType(TriggerMatch.Tell.class)
			.hasSize(3);
	}

	private Batch written(Batch open) {
		return this.guardrail.inspect(this.evaluator
			.evaluate(this.executor.write(this.planner.plan(this.gate.throttle(this.gate.permit(open))))));
	}

	private Batch open(ProfileId person, String template) {
		return this.orchestrator.open(TENANT, List.of(new MessageRequest(person, new JourneyRunId(this.ids.next()),
				"test", "only", template, "marketing", Map.of("event", "test"), Map.of())));
	}

	private String template(String key, boolean approved) {
		Template added = this.templates.add(TENANT, "user:test",
				new Template(key, 0, "marketing", "en", null, null, null, null, null, false));
		if (approved) {
			this.templates.approve(TENANT, "user:test", key, added.version());
		}
		return key;
	}

	private ProfileId person(String locale, boolean consents) {
		post("""
				{"type":"identify","userId":"%s","messageId":"%s","traits":{"email":"%s@test.example","firstName":"Testperson",
				"locale":"%s","timezone":"UTC"},"context":{"consent":{"categoryPreferences":{%s}}}}"""
			.formatted(this.user, UUID.randomUUID(), this.user, locale, consents ? "\"marketing\":true" : ""));
		return this.profiles.find(TENANT, new Identifier(Identifier.Type.USER_ID, this.user)).orElseThrow();
	}

	private void addToCart(String... products) {
		for (String product : products) {
			post("""
					{"type":"track","event":"Product Added","userId":"%s","messageId":"%s","properties":
					{"cart_id":"cart-1","product_id":"%s","name":"x","price":1,"currency":"EUR","quantity":1}}"""
				.formatted(this.user, UUID.randomUUID(), product));
		}
	}

	private static Event event(ProfileId person, String name) {
		return new Event(UUID.randomUUID(), person, "track", name,
				JsonNodeFactory.instance.objectNode().put("cart_id", "cart-1"), JsonNodeFactory.instance.objectNode(),
				Instant.EPOCH, Instant.EPOCH, "m-" + UUID.randomUUID());
	}

	private void post(String event) {
		String auth = Base64.getEncoder().encodeToString((TestTenant.WRITE_KEY + ":").getBytes(StandardCharsets.UTF_8));
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/v1/batch"))
			.header("Content-Type", "application/json")
			.header("Authorization", "Basic " + auth)
			.header("X-Strict-Mode", "1")
			.POST(HttpRequest.BodyPublishers.ofString("{\"batch\":[" + event + "]}"))
			.build();
		try {
			HttpResponse<String> answer = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		}
		catch (IOException | InterruptedException failed) {
			throw new IllegalStateException(failed);
		}
	}

	private <T> T inTransaction(Supplier<T> work) {
		T result = this.transaction.execute((status) -> work.get());
		assertThat(result).isNotNull();
		return result;
	}

}
