package io.waypost.agent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.waypost.agent.archetype.Archetype;
import io.waypost.agent.archetype.ArchetypeContent;
import io.waypost.agent.archetype.Archetypes;
import io.waypost.agent.archetype.ReviewedContent;
import io.waypost.agent.review.Review;
import io.waypost.agent.review.ReviewTerms;
import io.waypost.content.EmailDraft;
import io.waypost.content.fact.Offer;
import io.waypost.content.fact.OfferRepository;
import io.waypost.delivery.CampaignSend;
import io.waypost.delivery.CampaignSendBatch;
import io.waypost.delivery.CampaignSends;
import io.waypost.delivery.JourneySends;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SharedContent;
import io.waypost.delivery.SharedContents;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/**
 * From an audience to content and decisions, with the real repositories and decision
 * tables.
 */
@WaypostTest
class CampaignAgentsIntegrationTests {

	private static final TenantId TENANT = TestTenant.ID;

	private final String name = "camp-" + UUID.randomUUID().toString().substring(0, 8);

	private RunningShopFixture shop;

	@Autowired
	private Archetypes archetypes;

	@Autowired
	private CampaignContentWriter writer;

	@Autowired
	private RecipientDecisions recipientDecisions;

	@Autowired
	private Orchestrator orchestrator;

	@Autowired
	private Planner planner;

	@Autowired
	private Executor executor;

	@Autowired
	private SendDecisions gate;

	@Autowired
	private Guardrail guardrail;

	@Autowired
	private CampaignSends campaignSends;

	@Autowired
	private JourneySends journeySends;

	@Autowired
	private SharedContents contents;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private DataSource dataSource;

	@Autowired
	private IdGenerator ids;

	@BeforeEach
	void setUp(@Autowired ApplicationContext waypost) {
		this.shop = RunningShopFixture.in(waypost);
	}

	@AfterEach
	void tearDown() {
		this.shop.close();
	}

	@Test
	void writesOneContentForEachArchetypeAndVariant() {
		List<ProfileId> people = people(8, "UTC", true);
		ContentBrief brief = brief(template(true), ContentVariant.named("A"), ContentVariant.named("B"));
		List<ArchetypeContent> contents = this.writer.write(TENANT, brief, partition(brief, people));
		assertThat(contents).hasSize(2).allSatisfy((content) -> {
			assertThat(content.route()).as("%s", content).isEqualTo(Route.CONTINUE);
			assertThat(content.explanation()).containsKeys("archetype", "plan", "variant", "scores", "findings",
					"versions");
			assertThat(content.explanation().get("archetype")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("definition", Archetype.DEFINITION)
				.containsEntry("people", 8);
		});
		assertThat(contents).extracting((content) -> content.draft().subject()).doesNotHaveDuplicates();
		assertThat(contents).extracting(ArchetypeContent::content).doesNotHaveDuplicates();
	}

	@Test
	void returnsTheSameContentForTheSameCacheKey() {
		List<Archetype> archetypes = partition(brief(template(true), ContentVariant.named("A")),
				people(3, "UTC", true));
		String template = template(true);
		ContentBrief brief = brief(template, ContentVariant.named("A"));
		ArchetypeContent first = this.writer.write(TENANT, brief, archetypes).getFirst();
		assertThat(this.writer.write(TENANT, brief, archetypes).getFirst()).isEqualTo(first);
		ContentBrief other = brief(template, ContentVariant.named("A"));
		ArchetypeContent again = this.writer.write(TENANT, other, archetypes).getFirst();
		assertThat(cacheKey(again)).isEqualTo(cacheKey(first));
		assertThat(again.draft()).isEqualTo(first.draft());
		assertThat(again.content()).as("content belongs to one campaign").isNotEqualTo(first.content());
		ContentBrief otherSubject = brief(template, ContentVariant.subject("A", "A letter from {{ shop }} for you"));
		assertThat(cacheKey(this.writer.write(TENANT, otherSubject, archetypes).getFirst()))
			.isNotEqualTo(cacheKey(first));
	}

	@Test
	void refusesTextsThatCannotBeRenderedForAllRecipients() {
		ContentBrief brief = brief(template(true), ContentVariant.subject("A", "Dear {{ nickname }}"),
				ContentVariant.subject("B", "Your {{ order_count }} orders"),
				ContentVariant.subject("C", "Hi {{ shop "));
		assertThat(this.writer.problems(TENANT, brief)).hasSize(3)
			.anySatisfy(
					(problem) -> assertThat(problem).contains("variant 'A', subject", "unknown merge tag 'nickname'"))
			.anySatisfy((problem) -> assertThat(problem).contains("variant 'B'",
					"'order_count' differs between recipients"))
			.anySatisfy((problem) -> assertThat(problem).contains("variant 'C'"));
		assertThatThrownBy(() -> this.writer.write(TENANT, brief, List.of()))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("nickname");
		assertThat(this.writer.problems(TENANT, brief("no-such-" + this.name, ContentVariant.named("A"))))
			.singleElement()
			.asString()
			.contains("does not exist");
	}

	@Test
	void writesFallbackContentIfATemplateCannotBeRendered() {
		ContentBrief brief = brief(this.shop.endlessTemplate(this.name + "-endless"), ContentVariant.named("A"));
		ArchetypeContent content = this.writer.write(TENANT, brief, partition(brief, people(2, "UTC", true)))
			.getFirst();
		assertThat(content.route()).as("%s", content).isEqualTo(Route.CONTINUE);
		assertThat(content.reason()).isEqualTo("executor_failed");
		assertThat(content.explanation()).containsEntry("failures", Map.of("executor", "template_failed"));
		assertThat(content.explanation().get("variant")).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("writer", "fallback")
			.containsEntry("attempt", 2);
	}

	@Test
	void appliesReviewsOfFlaggedContent() {
		ContentBrief brief = brief(template(false), ContentVariant.named("A"));
		ArchetypeContent flagged = this.writer.write(TENANT, brief, partition(brief, people(2, "UTC", true)))
			.getFirst();
		assertThat(flagged.route()).isEqualTo(Route.REVIEW);
		assertThat(flagged.reason()).isEqualTo("template_not_approved");
		assertThat(ReviewTerms.of(flagged.explanation()))
			.hasValueSatisfying((terms) -> assertThat(terms.dueIn()).isPositive());

		ArchetypeContent approved = review(brief, flagged, Review.ReviewDecision.APPROVED, null, null);
		assertThat(approved.route()).isEqualTo(Route.CONTINUE);
		assertThat(approved.draft()).isEqualTo(flagged.draft());
		assertThat(approved.content()).isNotEqualTo(flagged.content());
		assertThat(approved.explanation().get("review")).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("reviewer", "user:anna");
		ArchetypeContent changed = review(brief, flagged, Review.ReviewDecision.CHANGED, "Your apron is here",
				"It is only 1.99 € now.");
		assertThat(changed.draft().subject()).isEqualTo("Your apron is here");
		assertThat(changed.explanation().get("findings").toString()).contains("price_unknown");
		assertThat(changed.route()).isEqualTo(Route.REVIEW);
		ArchetypeContent rejected = review(brief, flagged, Review.ReviewDecision.REJECTED, null, null);
		assertThat(rejected.route()).isEqualTo(Route.STOP);
		assertThat(rejected.reason()).isEqualTo("review_rejected");
	}

	/** With 3 recipients every archetype is merged up to the stage or further. */
	@Test
	void keepsTheCategoryOfTheBriefInSmallArchetypes() {
		ContentBrief any = brief(template(true), ContentVariant.named("A"));
		ContentBrief brief = new ContentBrief(any.campaign(), any.goal(), any.template(), any.topic(), "Home & Garden",
				any.variants(), null);
		List<ProfileId> people = people(3, "UTC", true);
		List<ArchetypeContent> contents = this.writer.write(TENANT, brief, partition(brief, people));
		assertThat(contents).isNotEmpty().allSatisfy((content) -> {
			assertThat(content.draft().items()).extracting(EmailDraft.DraftItem::name)
				.isNotEmpty()
				.allMatch(Set.of("Wool Blanket \"Nordlicht\"", "Garden Shears", "Beeswax Candles")::contains);
			assertThat(content.explanation().get("plan")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("category", "Home & Garden")
				.containsEntry("goal", "sale");
		});
		assertThat(this.recipientDecisions.decide(TENANT, brief, ready(brief, people), wanted(people)).sends())
			.extracting(CampaignSend::content)
			.containsOnlyElementsOf(contents.stream().map(ArchetypeContent::content).toList());
	}

	/** The offer ends while the message waits for its send time. */
	@Test
	void withholdsQueuedMessagesWhenTheOfferHasEnded(@Autowired OfferRepository offers) {
		String key = this.name + "-offer";
		offers.add(TENANT, "user:one", new Offer(key, 0, new Offer.OfferScope("Kitchen", List.of()), BigDecimal.TEN,
				null, null, null, LocalDate.of(2026, 11, 24), null, Map.of("en", "kitchenware"), Map.of()));
		offers.approve(TENANT, "user:two", key, 1);
		ContentBrief any = brief(template(true), ContentVariant.named("A"));
		ContentBrief brief = new ContentBrief(any.campaign(), any.goal(), any.template(), any.topic(), null, key,
				any.variants(), null);
		ProfileId person = people(1, "UTC", true).getFirst();
		CampaignSend chosen = personalise(brief, person).getFirst();
		assertThat(chosen.status()).isEqualTo(SendStatus.QUEUED);
		CampaignSend later = new CampaignSend(person, chosen.content(), chosen.variant(), SendStatus.QUEUED, null,
				Instant.parse("2026-11-25T09:00:00Z"), null, chosen.explanation());
		this.transaction
			.executeWithoutResult((status) -> this.campaignSends.add(TENANT, sendsOf(brief), List.of(later)));
		this.shop.clock().set(Instant.parse("2026-11-25T10:00:00Z"));
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
			var send = this.journeySends.read(TENANT, this.journeySends.findIds(TENANT, List.of(person))).getFirst();
			assertThat(send.send().status()).isEqualTo(SendStatus.WITHHELD);
			assertThat(send.send().reason()).isEqualTo("offer_ended");
		});
		assertThat(this.contents.ended(TENANT, List.of(later.content()), "")).containsEntry(later.content(),
				"offer_ended");
	}

	@Test
	void decidesForEachPersonAndExplainsTheSend() {
		ProfileId subscribed = people(1, "UTC", true).getFirst();
		ProfileId withoutConsent = people(1, "UTC", false).getFirst();
		ContentBrief brief = brief(template(true), ContentVariant.named("A"));
		List<ReviewedContent> ready = ready(brief, List.of(subscribed, withoutConsent));
		List<CampaignSend> sends = this.recipientDecisions
			.decide(TENANT, brief, ready, List.of(new CampaignRecipient(subscribed, "A", Map.of("arm", "A"), 0),
					new CampaignRecipient(withoutConsent, "A", Map.of(), 0)))
			.sends();
		assertThat(sends).extracting(CampaignSend::status, CampaignSend::reason)
			.containsExactly(tuple(SendStatus.QUEUED, null), tuple(SendStatus.WITHHELD, "no_consent"));
		this.transaction.executeWithoutResult((status) -> this.campaignSends.add(TENANT, sendsOf(brief), sends));
		var stored = this.journeySends.read(TENANT, this.journeySends.findIds(TENANT, List.of(subscribed))).getFirst();
		assertThat(stored.explanation()).containsKeys("assignment", "features", "permission", "throttling", "archetype",
				"plan", "variant", "scores", "findings", "versions");
		assertThat(stored.explanation().get("features").toString()).contains("stage", "lifecycle@v1");
		assertThat(stored.draft()).isNotNull();
	}

	@Test
	void countsMessagesOfJourneysAndCampaignsTowardsOneCap() {
		ProfileId person = people(1, "UTC", true).getFirst();
		String template = template(true);
		ContentBrief first = brief(template, ContentVariant.named("A"));
		List<CampaignSend> sent = personalise(first, person);
		assertThat(sent).extracting(CampaignSend::status).containsExactly(SendStatus.QUEUED);
		this.transaction.executeWithoutResult((status) -> this.campaignSends.add(TENANT, sendsOf(first), sent));
		assertThat(personalise(brief(template, ContentVariant.named("A")), person)).extracting(CampaignSend::status)
			.as("one of two")
			.containsExactly(SendStatus.QUEUED);
		this.transaction.executeWithoutResult((status) -> this.orchestrator.submit(cleared(this.planner
			.plan(this.orchestrator.open(TENANT, List.of(new MessageRequest(person, new JourneyRunId(this.ids.next()),
					"test", "only", template, "marketing", Map.of("event", "test"), Map.of())))))));
		assertThat(personalise(brief(template, ContentVariant.named("A")), person)).singleElement()
			.satisfies((send) -> {
				assertThat(send.status()).isEqualTo(SendStatus.DEFERRED);
				assertThat(send.reason()).isEqualTo("daily_cap");
				assertThat(send.deferredUntil()).isEqualTo("2026-11-24T09:00:00Z");
			});
	}

	/** Decided yesterday at noon, sent today: two messages within one day. */
	@Test
	void keepsTheCapForMessagesWithALaterSendTime() {
		ProfileId person = people(1, "UTC", true).getFirst();
		String template = template(true);
		for (int campaign = 0; campaign < 2; campaign++) {
			ContentBrief brief = brief(template, ContentVariant.named("A"));
			CampaignSend chosen = personalise(brief, person).getFirst();
			CampaignSend later = new CampaignSend(chosen.profile(), chosen.content(), chosen.variant(), chosen.status(),
					null, this.shop.clock().instant().plus(Duration.ofHours(23)), null, chosen.explanation());
			this.transaction
				.executeWithoutResult((status) -> this.campaignSends.add(TENANT, sendsOf(brief), List.of(later)));
		}
		this.shop.clock().advance(Duration.ofHours(24).plusMinutes(10));
		assertThat(personalise(brief(template, ContentVariant.named("A")), person)).singleElement()
			.satisfies((send) -> {
				assertThat(send.status()).isEqualTo(SendStatus.DEFERRED);
				assertThat(send.reason()).isEqualTo("daily_cap");
			});
	}

	@Test
	void defersToTheMorningInTheTimeZoneOfTheRecipient() {
		ProfileId london = people(1, "Europe/London", true).getFirst();
		ProfileId auckland = people(1, "Pacific/Auckland", true).getFirst();
		ContentBrief brief = brief(template(true), ContentVariant.named("A"));
		List<ReviewedContent> ready = ready(brief, List.of(london, auckland));
		List<CampaignSend> sends = this.recipientDecisions
			.decide(TENANT, brief, ready, List.of(new CampaignRecipient(london, "A", Map.of(), 0),
					new CampaignRecipient(auckland, "A", Map.of(), 0)))
			.sends();
		assertThat(sends.getFirst().status()).isEqualTo(SendStatus.QUEUED);
		assertThat(sends.getLast().status()).isEqualTo(SendStatus.DEFERRED);
		assertThat(sends.getLast().deferredUntil()).as("8 o'clock in Auckland").isEqualTo("2026-11-23T19:00:00Z");
		// Clocks go forward in London from 01:00 to 02:00, so the night is an hour
		// shorter
		this.shop.clock().set(Instant.parse("2026-03-28T22:00:00Z"));
		assertThat(personalise(brief(template(true), ContentVariant.named("A")), london)).singleElement()
			.extracting(CampaignSend::deferredUntil)
			.isEqualTo(Instant.parse("2026-03-29T07:00:00Z"));
	}

	@Test
	void choosesAnHourAndLogsItsPropensity() {
		List<ProfileId> people = people(40, "UTC", true);
		ContentBrief sendNowBrief = brief(template(true), ContentVariant.named("A"));
		ContentBrief brief = new ContentBrief(sendNowBrief.campaign(), sendNowBrief.goal(), sendNowBrief.template(),
				sendNowBrief.topic(), null, sendNowBrief.variants(), Duration.ofHours(24));
		List<CampaignSend> sends = this.recipientDecisions.decide(TENANT, brief, ready(brief, people), wanted(people))
			.sends();
		assertThat(sends).hasSize(40).allSatisfy((send) -> {
			assertThat(send.status()).isEqualTo(SendStatus.QUEUED);
			assertThat(send.readyAt()).satisfiesAnyOf((at) -> assertThat(at).isNull(),
					(at) -> assertThat(at.atOffset(ZoneOffset.UTC).getHour()).isBetween(8, 20));
			assertThat(send.explanation().get("timing")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsKeys("source", "localHour", "propensity", "version");
		});
		assertThat(this.recipientDecisions.decide(TENANT, brief, ready(brief, people), wanted(people)).sends())
			.as("the same at every repetition")
			.extracting(CampaignSend::profile, CampaignSend::content, CampaignSend::readyAt)
			.containsExactlyElementsOf(
					sends.stream().map((send) -> tuple(send.profile(), send.content(), send.readyAt())).toList());
	}

	@Test
	void assignsArchetypesIndependentlyOfBatches() {
		List<ProfileId> people = people(60, "UTC", true);
		ContentBrief brief = brief(template(true), ContentVariant.named("A"));
		List<List<ProfileId>> batches = IntStream.range(0, 20)
			.mapToObj((i) -> people.subList(3 * i, 3 * i + 3))
			.toList();
		assertThat(this.archetypes.partition(TENANT, brief, batches)).isEqualTo(partition(brief, people))
			.satisfies((archetypes) -> assertThat(archetypes.stream().mapToInt(Archetype::people).sum()).isEqualTo(60));
	}

	@Test
	void assignsNoArchetypesForAnUnknownTemplate() {
		ContentBrief brief = brief("no-such-template", ContentVariant.named("A"));
		List<ProfileId> people = people(2, "UTC", true);
		assertThatThrownBy(() -> partition(brief, people)).isInstanceOf(AgentFailedException.class)
			.hasMessageContaining("no-such-template");
	}

	@Test
	void readsOnceForEachChunk() {
		List<ProfileId> people = people(30, "UTC", true);
		ContentBrief brief = brief(template(true), ContentVariant.named("A"));
		List<ReviewedContent> ready = ready(brief, people);
		personalise(brief, people.getFirst());
		int one = fewest(
				() -> this.recipientDecisions.decide(TENANT, brief, ready, wanted(people.subList(0, 1))).sends());
		int all = fewest(() -> this.recipientDecisions.decide(TENANT, brief, ready, wanted(people)).sends());
		assertThat(one).isPositive();
		assertThat(all).isEqualTo(one).isLessThanOrEqualTo(5);
	}

	@Test
	void withholdsBlockedContent() {
		ProfileId person = people(1, "UTC", true).getFirst();
		ContentBrief brief = brief(template(true), ContentVariant.named("A"));
		List<ReviewedContent> rejected = ready(brief, List.of(person)).stream()
			.map((content) -> new ReviewedContent(content.archetype(), content.variant(), content.content(),
					"review_rejected"))
			.toList();
		assertThat(this.recipientDecisions.decide(TENANT, brief, rejected, wanted(List.of(person))).sends())
			.singleElement()
			.satisfies((send) -> {
				assertThat(send.status()).isEqualTo(SendStatus.WITHHELD);
				assertThat(send.reason()).isEqualTo("review_rejected");
			});
	}

	private ArchetypeContent review(ContentBrief brief, ArchetypeContent content, Review.ReviewDecision decision,
			String subject, String body) {
		return this.writer.review(TENANT, brief, content, new Review(decision, "user:anna", "said so", subject, body));
	}

	/** Writes, permits and inspects planned messages. */
	private Batch cleared(Batch planned) {
		return this.guardrail.inspect(this.gate.throttle(this.gate.permit(this.executor.write(planned))));
	}

	private static Object cacheKey(ArchetypeContent content) {
		return ((Map<?, ?>) content.explanation().get("variant")).get("cacheKey");
	}

	private List<CampaignSend> personalise(ContentBrief brief, ProfileId person) {
		return this.recipientDecisions.decide(TENANT, brief, ready(brief, List.of(person)), wanted(List.of(person)))
			.sends();
	}

	private static List<CampaignRecipient> wanted(List<ProfileId> people) {
		return people.stream().map((person) -> new CampaignRecipient(person, "A", Map.of(), 0)).toList();
	}

	private List<ReviewedContent> ready(ContentBrief brief, List<ProfileId> people) {
		List<ArchetypeContent> contents = this.writer.write(TENANT, brief, partition(brief, people));
		this.contents.store(TENANT,
				contents.stream()
					.map((content) -> new SharedContent(content.content(), content.draft(), content.explanation()))
					.toList());
		return contents.stream()
			.map((content) -> new ReviewedContent(content.archetype(), content.variant(), content.content(), null))
			.toList();
	}

	private List<Archetype> partition(ContentBrief brief, List<ProfileId> people) {
		return this.archetypes.partition(TENANT, brief, List.of(people));
	}

	private static CampaignSendBatch sendsOf(ContentBrief brief) {
		return new CampaignSendBatch(brief.campaign(), brief.template(), brief.topic(), Map.of("source", "test"));
	}

	private ContentBrief brief(String template, ContentVariant... variants) {
		return new ContentBrief(new CampaignId(this.ids.next()), "sale", template, "marketing", null, List.of(variants),
				null);
	}

	private String template(boolean approved) {
		return this.shop.template(this.name + "-" + UUID.randomUUID().toString().substring(0, 8), approved);
	}

	private List<ProfileId> people(int count, String zone, boolean consents) {
		String group = this.name + UUID.randomUUID().toString().substring(0, 8);
		return this.shop.people(IntStream.range(0, count).mapToObj((i) -> group + i).toList(), "en-GB", zone, consents);
	}

	/** Once a second one more statement asks whether a decision table has changed. */
	private int fewest(Runnable work) {
		return IntStream.range(0, 3).map((tries) -> statements(work)).min().orElseThrow();
	}

	/** Counts what is prepared on the connection that the work is given. */
	private int statements(Runnable work) {
		AtomicInteger prepared = new AtomicInteger();
		try (Connection real = this.dataSource.getConnection()) {
			Connection counting = (Connection) Proxy.newProxyInstance(getClass().getClassLoader(),
					new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
						if (method.getName().startsWith("prepare") || method.getName().equals("createStatement")) {
							prepared.incrementAndGet();
						}
						try {
							return method.invoke(real, arguments);
						}
						catch (InvocationTargetException failed) {
							throw failed.getTargetException();
						}
					});
			TransactionSynchronizationManager.bindResource(this.dataSource, new ConnectionHolder(counting));
			try {
				work.run();
			}
			finally {
				TransactionSynchronizationManager.unbindResource(this.dataSource);
			}
		}
		catch (SQLException failed) {
			throw new IllegalStateException(failed);
		}
		return prepared.get();
	}

}
