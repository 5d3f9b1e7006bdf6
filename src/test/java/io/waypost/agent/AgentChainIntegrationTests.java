package io.waypost.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waypost.agent.review.Review;
import io.waypost.agent.trigger.TriggerMatch;
import io.waypost.content.Template;
import io.waypost.content.TemplateRepository;
import io.waypost.database.TenantScope;
import io.waypost.delivery.JourneySends;
import io.waypost.delivery.NotClearedException;
import io.waypost.delivery.SendStatus;
import io.waypost.ingestion.Event;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The agent chain with the real repositories and decision tables. */
@WaypostTest
class AgentChainIntegrationTests {

	private static final TenantId TENANT = TestTenant.ID;

	private final String user = "chain-" + UUID.randomUUID();

	private RunningShopFixture shop;

	@Autowired
	private Orchestrator orchestrator;

	@Autowired
	private SendDecisions gate;

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
	private JourneySends sends;

	@Autowired
	private Ledger ledger;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private IdGenerator ids;

	@Autowired
	private JdbcClient jdbc;

	@BeforeEach
	void setUp(@Autowired ApplicationContext waypost) {
		this.shop = RunningShopFixture.in(waypost);
	}

	@AfterEach
	void tearDown() {
		this.shop.close();
	}

	@Test
	void queuesACartReminderAndExplainsIt() {
		String template = this.shop.template("cart-" + this.user, true);
		ProfileId person = this.shop.person(this.user, "de-DE", true);
		this.shop.addToCart(this.user, "p1", "p2", "not-in-catalogue");
		Message message = inTransaction(() -> this.orchestrator.submit(written(open(person, template)))).single();

		assertThat(message.route()).as("%s", message).isEqualTo(Route.CONTINUE);
		var stored = this.sends.read(TENANT, List.of(message.send().id())).getFirst();
		assertThat(stored.send().status()).isIn(SendStatus.QUEUED, SendStatus.SUBMITTING, SendStatus.ACCEPTED,
				SendStatus.DELIVERED);
		assertThat(stored.explanation()).containsKeys("permission", "throttling", "plan", "features", "variant",
				"scores", "findings", "versions");
		assertThat(stored.draft()).isNotNull();
		assertThat(stored.draft().locale()).isEqualTo("de-DE");
		assertThat(stored.draft().items()).extracting((item) -> item.productId() + " x" + item.quantity())
			.containsExactly("p1 x1", "p2 x1");
		assertThat(stored.draft().toString()).doesNotContain("Testperson", "@");
		assertThat(this.ledger.findBySubject(TENANT, "send:" + message.send().id())).extracting(LedgerEntry::kind)
			.contains("send.planned", "send.queued");
	}

	/** By chance each second message would have the structure of the first in a third. */
	@Test
	void writesOtherStructuresThanThoseOfRecentMessages() {
		String template = this.shop.template("cart-" + this.user, true);
		for (int one = 0; one < 10; one++) {
			String name = this.user + "-" + one;
			ProfileId person = this.shop.person(name, "en-GB", true);
			this.shop.addToCart(name, "p1", "p2");
			Object first = outline(submitted(person, template));
			assertThat(outline(submitted(person, template))).as("person %d", one).isNotEqualTo(first);
		}
	}

	private Message submitted(ProfileId person, String template) {
		Message queued = inTransaction(() -> this.orchestrator.submit(written(open(person, template)))).single();
		assertThat(queued.route()).as("%s", queued).isEqualTo(Route.CONTINUE);
		return queued;
	}

	private static Object outline(Message message) {
		return ((List<?>) ((Map<?, ?>) message.explanation().get("variant")).get("fragments")).getFirst();
	}

	@Test
	void stopsWithoutConsent() {
		ProfileId person = this.shop.person(this.user, "en-GB", false);
		Message message = inTransaction(() -> this.orchestrator
			.withhold(this.gate.permit(open(person, this.shop.template("welcome-" + this.user, true))))).single();
		assertThat(message.route()).isEqualTo(Route.STOP);
		assertThat(message.reason()).isEqualTo("no_consent");
		assertThat(message.send().status()).isEqualTo(SendStatus.WITHHELD);
		assertThat(this.ledger.findBySubject(TENANT, "send:" + message.send().id()))
			.filteredOn((entry) -> entry.kind().equals("send.withheld"))
			.singleElement()
			.satisfies((entry) -> assertThat(entry.facts()).containsEntry("reason", "no_consent")
				.containsKey("permissionTable"));
	}

	@Test
	void withholdsForAnEmptyCart() {
		ProfileId person = this.shop.person(this.user, "en-GB", true);
		Message message = inTransaction(
				() -> this.planner.plan(open(person, this.shop.template("cart-" + this.user, true))))
			.single();
		assertThat(message.route()).isEqualTo(Route.STOP);
		assertThat(message.reason()).isEqualTo("nothing_to_say");
	}

	/** Otherwise consent to service messages would permit marketing. */
	@Test
	void withholdsATopicWithoutConsent() {
		ProfileId person = this.shop.person(this.user, "en-GB", true);
		String template = this.shop.template("welcome-" + this.user, true);
		Message message = inTransaction(() -> this.planner.plan(open(person, template, "service"))).single();
		assertThat(message.route()).isEqualTo(Route.STOP);
		assertThat(message.reason()).isEqualTo("topic_mismatch");
	}

	@Test
	void writesFallbackContentWithoutATemplate() {
		ProfileId person = this.shop.person(this.user, "fr-FR", true);
		Batch open = open(person, "no-such-" + this.user);
		Message unplanned = inTransaction(() -> this.planner.plan(open)).single();
		assertThat(unplanned.route()).isEqualTo(Route.FALLBACK);
		assertThat(unplanned.reason()).isEqualTo("planner_failed");
		assertThat(unplanned.explanation()).containsEntry("failures", Map.of("planner", "template_missing"));
		Message message = inTransaction(
				() -> this.guardrail.inspect(this.executor.writeFallback(this.planner.plan(open))))
			.single();
		assertThat(message.draft()).isNotNull();
		assertThat(message.draft().locale()).isEqualTo("fr-FR");
		assertThat(message.explanation().get("variant"))
			.asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
			.containsEntry("writer", "fallback");
	}

	@Test
	void reviewsContentOfAnUnapprovedTemplateAndAppliesChanges() {
		ProfileId person = this.shop.person(this.user, "en-GB", true);
		this.shop.addToCart(this.user, "p1");
		Message flagged = inTransaction(
				() -> this.orchestrator.flag(written(open(person, this.shop.template("cart-" + this.user, false)))))
			.single();
		assertThat(flagged.route()).isEqualTo(Route.REVIEW);
		assertThat(flagged.reason()).isEqualTo("template_not_approved");
		assertThat(flagged.reviewTerms()).hasValueSatisfying((terms) -> assertThat(terms.dueIn()).isPositive());

		Review review = new Review(Review.ReviewDecision.CHANGED, "user:anna", "shorter", "Your apron is here",
				"Hi {{ first_name }},\n\nIt is only 1.99 € now.");
		Message changed = inTransaction(() -> {
			Batch resumed = this.orchestrator.resume(TENANT, List.of(flagged.send().id()));
			assertThat(resumed.single().attempt()).isEqualTo(1);
			assertThat(resumed.single().plan()).isEqualTo(flagged.plan());
			return this.guardrail.inspect(this.orchestrator.apply(resumed, review));
		}).single();
		assertThat(changed.draft().paragraphs()).containsExactly("Hi {{ first_name }},", "It is only 1.99 € now.");
		assertThat(changed.explanation().get("findings").toString()).contains("price_unknown");
		assertThat(this.ledger.findBySubject(TENANT, "send:" + flagged.send().id())).extracting(LedgerEntry::kind)
			.contains("review.changed")
			.containsOnlyOnce("send.flagged");
	}

	@Test
	void defersToTheLocalMorning() {
		ProfileId person = this.shop.person(this.user, "en-GB", true);
		this.shop.clock().set(Instant.parse("2026-11-23T23:15:00Z"));
		Message deferred = inTransaction(() -> this.orchestrator
			.defer(this.gate.throttle(open(person, this.shop.template("welcome-" + this.user, true))))).single();
		assertThat(deferred.route()).isEqualTo(Route.DEFER);
		assertThat(deferred.deferUntil()).isEqualTo("2026-11-24T08:00:00Z");
		this.shop.clock().set(Instant.parse("2026-11-24T08:00:01Z"));
		Message resumed = inTransaction(
				() -> this.gate.throttle(this.orchestrator.resume(TENANT, List.of(deferred.send().id()))))
			.single();
		assertThat(resumed.route()).isEqualTo(Route.CONTINUE);
		assertThat(resumed.deferrals()).isEqualTo(1);
	}

	@Test
	void usesASavedPlanForADayAndThenTheDefaultTemplate() {
		ProfileId person = this.shop.person(this.user, "en-GB", true);
		this.shop.addToCart(this.user, "p1");
		String template = this.shop.template("cart-" + this.user, false);
		SendId fresh = flagged(person, template);
		SendId stale = flagged(person, template);
		this.shop.clock().advance(Duration.ofHours(1));
		Message soon = expired(fresh);
		assertThat(soon.plan().productIds()).containsExactly("p1");
		this.shop.clock().advance(Duration.ofHours(24));
		Message late = expired(stale);
		assertThat(late.plan().productIds()).isEmpty();
		assertThat(late.reason()).isEqualTo("review_expired");
		assertThat(late.explanation().get("plan"))
			.asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
			.extractingByKey("replaced", InstanceOfAssertFactories.map(String.class, Object.class))
			.containsEntry("reason", "stale_features")
			.containsEntry("rulesHit", List.of("rule_StaleFeatures"));
	}

	private SendId flagged(ProfileId person, String template) {
		return inTransaction(() -> this.orchestrator.flag(written(open(person, template)))).single().send().id();
	}

	private Message expired(SendId send) {
		Review review = new Review(Review.ReviewDecision.EXPIRED, "system", "expired", null, null);
		return inTransaction(() -> this.executor
			.writeFallback(this.orchestrator.apply(this.orchestrator.resume(TENANT, List.of(send)), review))).single();
	}

	/**
	 * Consent for one topic must not carry messages of another, whatever the model is.
	 */
	@Test
	void queuesNoTemplateOfAnotherTopicThanThePermission(@Autowired TemplateRepository templates) {
		ProfileId person = this.shop.person(this.user, "en-GB", true);
		String key = this.shop.template("topic-" + this.user, true);
		Batch permitted = inTransaction(() -> written(open(person, key)));
		Template other = templates.add(TENANT, "user:test",
				new Template(key, 0, "service", "en", null, null, null, null, null, false));
		templates.approve(TENANT, "user:test", key, other.version());
		assertThatThrownBy(() -> inTransaction(() -> this.orchestrator.submit(permitted)))
			.isInstanceOf(NotClearedException.class)
			.hasMessageContainingAll("'service'", "'marketing'");
	}

	@Test
	void queuesNothingOutsideQuietHoursAndCaps() {
		ProfileId person = this.shop.person(this.user, "en-GB", true);
		Batch permitted = inTransaction(() -> written(open(person, this.shop.template("caps-" + this.user, true))));
		for (Map<String, Object> decision : List.<Map<String, Object>>of(Map.of(), Map.of("decision", "DEFER"))) {
			Batch unchecked = permitted.map((message) -> message.explained("throttling", decision));
			assertThatThrownBy(() -> inTransaction(() -> this.orchestrator.submit(unchecked)))
				.isInstanceOf(NotClearedException.class)
				.hasMessageContaining("frequency caps");
		}
	}

	@Test
	void doesNotCountAnApprovedMessageTwice() {
		ProfileId person = this.shop.person(this.user, "en-GB", true);
		String approved = this.shop.template("welcome-" + this.user, true);
		String unapproved = this.shop.template("unapproved-" + this.user, false);
		inTransaction(() -> this.orchestrator.submit(written(open(person, approved))));
		Message flagged = inTransaction(() -> this.orchestrator.flag(written(open(person, unapproved)))).single();
		assertThat(flagged.route()).isEqualTo(Route.REVIEW);
		Message third = inTransaction(() -> this.gate.throttle(open(person, approved))).single();
		assertThat(third.reason()).as("cap of two, one of them in review").isEqualTo("daily_cap");
		Review review = new Review(Review.ReviewDecision.APPROVED, "user:anna", null, null, null);
		Message released = inTransaction(() -> this.gate
			.throttle(this.orchestrator.apply(this.orchestrator.resume(TENANT, List.of(flagged.send().id())), review)))
			.single();
		assertThat(released.route()).as("%s", released).isEqualTo(Route.CONTINUE);
	}

	@Test
	void keepsTheCapAcrossConcurrentJourneys() throws Exception {
		ProfileId person = this.shop.person(this.user, "en-GB", true);
		String template = this.shop.template("welcome-" + this.user, true);
		inTransaction(() -> this.orchestrator.submit(written(open(person, template))));
		AtomicInteger decided = new AtomicInteger();
		Callable<Route> journey = () -> inTransaction(() -> {
			Batch batch = written(open(person, template));
			decided.incrementAndGet();
			Awaitility.await("both have decided, or one waits for the other")
				.pollInSameThread()
				.until(() -> decided.get() == 2 || isAnyLockAwaited());
			Route route = batch.single().route();
			return ((route == Route.DEFER) ? this.orchestrator.defer(batch) : this.orchestrator.submit(batch)).single()
				.route();
		});
		Callable<Route> scoped = () -> {
			try (TenantScope scope = TenantScope.openAll()) {
				return journey.call();
			}
		};
		try (ExecutorService nodes = Executors.newFixedThreadPool(2)) {
			List<Route> routes = new ArrayList<>();
			for (Future<Route> done : nodes.invokeAll(List.of(scoped, scoped))) {
				routes.add(done.get());
			}
			assertThat(routes).containsExactlyInAnyOrder(Route.CONTINUE, Route.DEFER);
		}
	}

	private boolean isAnyLockAwaited() {
		return this.jdbc.sql("""
				SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
					AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
				""").query(Boolean.class).single();
	}

	@Test
	void evaluatesTheTableOnlyForEventsThatItNames() {
		ProfileId person = this.shop.person(this.user, "en-GB", true);
		assertThat(this.trigger.match(TENANT, List.of(event(person, "Product Viewed")))).isEmpty();
		assertThat(this.trigger.match(TENANT, List.of(event(person, "Product Viewed"), event(person, "Product Added"))))
			.singleElement()
			.isInstanceOfSatisfying(TriggerMatch.StartJourney.class, (start) -> {
				assertThat(start.journey()).isEqualTo("cart-abandonment");
				assertThat(start.key()).isEqualTo("cart-1");
			});
		assertThat(this.trigger.match(TENANT, List.of(event(person, "Order Completed"))))
			.hasOnlyElementsOfType(TriggerMatch.CorrelateMessage.class)
			.hasSize(3);
	}

	private Batch written(Batch open) {
		return this.guardrail.inspect(this.evaluator
			.evaluate(this.executor.write(this.planner.plan(this.gate.throttle(this.gate.permit(open))))));
	}

	private Batch open(ProfileId person, String template) {
		return open(person, template, "marketing");
	}

	private Batch open(ProfileId person, String template, String topic) {
		return this.orchestrator.open(TENANT, List.of(new MessageRequest(person, new JourneyRunId(this.ids.next()),
				"test", "only", template, topic, Map.of("event", "test"), Map.of())));
	}

	private static Event event(ProfileId person, String name) {
		return new Event(UUID.randomUUID(), person, "track", name,
				JsonNodeFactory.instance.objectNode().put("cart_id", "cart-1"), JsonNodeFactory.instance.objectNode(),
				Instant.EPOCH, Instant.EPOCH, "m-" + UUID.randomUUID());
	}

	private <T> T inTransaction(Supplier<T> work) {
		T result = this.transaction.execute((status) -> work.get());
		assertThat(result).isNotNull();
		return result;
	}

}
