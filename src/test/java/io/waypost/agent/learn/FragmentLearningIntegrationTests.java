package io.waypost.agent.learn;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.Role;
import io.waypost.database.SqlTime;
import io.waypost.database.TenantScope;
import io.waypost.delivery.FragmentOutcomes;
import io.waypost.delivery.FragmentOutcomes.FragmentOutcome;
import io.waypost.kernel.TenantId;
import io.waypost.testing.MutableClock;
import io.waypost.testing.PublicApi;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Counts clicks of sends by text fragment. */
@WaypostTest
class FragmentLearningIntegrationTests {

	private static final Duration DAY = Duration.ofDays(1);

	private static final String SUBJECT = "subject:saved";

	private final TenantId tenant = new TenantId("learn-" + UUID.randomUUID().toString().substring(0, 8));

	@Autowired
	private FragmentLearningJob job;

	@Autowired
	private FragmentLearning learning;

	@Autowired
	private FragmentOutcomeRepository repository;

	@Autowired
	private FragmentOutcomes outcomes;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private MutableClock clock;

	private Instant start = Instant.EPOCH;

	@BeforeEach
	void readTheClock() {
		this.start = this.clock.instant().minus(Duration.ofDays(10));
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void countsMessagesAndClicksOfPeopleOnce() {
		UUID twice = send("accepted", SUBJECT, "hook:plain");
		react(twice, "clicked", 0, false);
		react(twice, "clicked", 1, false);
		react(send("delivered", SUBJECT), "opened", -1, false);
		react(send("delivered", SUBJECT), "clicked", 0, true);
		count();
		assertThat(counts(SUBJECT).messages() / counts("hook:plain").messages()).isCloseTo(3, Offset.offset(0.001));
		assertThat(counts(SUBJECT).clicks()).as("neither opens nor machines")
			.isCloseTo(counts("hook:plain").messages(), Offset.offset(0.001));
	}

	@Test
	void countsNothingThatTellsNothingAboutAFragment() {
		send("bounced", SUBJECT);
		send("withheld", SUBJECT);
		insert(this.start, "template-test", "accepted", explanation("welcome", SUBJECT), null);
		insert(this.start, "welcome", "accepted",
				explanation("welcome", SUBJECT).replace("{\"plan\"", "{\"review\":{\"decision\":\"CHANGED\"},\"plan\""),
				null);
		insert(this.start, "welcome", "accepted", "{}", null);
		insert(this.start, "welcome", "accepted", "{\"variant\":{\"fragments\":\"none\"}}", null);
		insert(this.start.plus(Duration.ofDays(7)), "welcome", "accepted", explanation("welcome", SUBJECT), null);
		count();
		assertThat(all()).as("the last one is too young").isEmpty();
	}

	@Test
	void countsUnsubscribesAndComplaints() {
		react(send("delivered", SUBJECT), "unsubscribed", -1, false);
		react(send("complained", SUBJECT), "complained", -1, false);
		send("complained", SUBJECT);
		count();
		double message = counts(SUBJECT).messages() / 3;
		assertThat(counts(SUBJECT).unsubscribes()).isCloseTo(message, Offset.offset(0.001));
		assertThat(counts(SUBJECT).complaints()).isCloseTo(2 * message, Offset.offset(0.001));
	}

	@Test
	void readsTheContentThatSendsShare() {
		UUID content = UUID.randomUUID();
		inScope(this.tenant,
				() -> this.jdbc.sql("""
						insert into delivery.shared_content (tenant_id, id, draft, links, explanation, created_at)
						values (:tenant, :id, '{}', '{}', :explanation::jsonb, now())""")
					.param("tenant", this.tenant.value())
					.param("id", content)
					.param("explanation", explanation("sale", "subject:shared"))
					.update());
		for (int send = 0; send < 3; send++) {
			react(insert(this.start, "campaign", "accepted", "{\"permission\":{}}", content), "clicked", 0, false);
		}
		count();
		FragmentOutcome shared = all().getFirst();
		assertThat(shared.goal()).isEqualTo("sale");
		assertThat(shared.tag()).isEqualTo("subject:shared");
		assertThat(shared.clicks()).isEqualTo(shared.messages())
			.isCloseTo(3 * Math.pow(0.5, 6 / 60.0), Offset.offset(0.001));
	}

	@Test
	void letsMessagesDecayByTheHalfLife() {
		send("accepted", SUBJECT);
		count();
		double before = counts(SUBJECT).messages();
		assertThat(before).as("six days old when it is counted")
			.isCloseTo(Math.pow(0.5, 6 / 60.0), Offset.offset(1e-3));
		this.clock.advance(Duration.ofDays(60));
		count();
		assertThat(counts(SUBJECT).messages()).isCloseTo(before / 2, Offset.offset(1e-6));
	}

	@Test
	void countsTheSameInOneNightAsInMany() {
		for (int day = 0; day < 5; day++) {
			react(insert(this.start.plus(DAY.multipliedBy(day)), "welcome", "accepted", explanation("welcome", SUBJECT),
					null), "clicked", 0, false);
			this.clock.set(this.start.plus(DAY.multipliedBy(day)).plus(Duration.ofDays(4)).plusSeconds(7));
			count();
			count();
		}
		List<FragmentOutcome> nightly = all();
		forget();
		count();
		assertThat(all())
			.usingRecursiveFieldByFieldElementComparator(RecursiveComparisonConfiguration.builder()
				.withComparatorForType((a, b) -> (Math.abs(a - b) < 1e-5) ? 0 : 1, Double.class)
				.build())
			.isEqualTo(nightly);
		assertThat(nightly).hasSize(1);
	}

	@Test
	void countsEachMessageOnceAfterACrash() {
		send("accepted", SUBJECT);
		inScope(this.tenant, () -> assertThatThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
			this.repository.add(this.tenant, this.start.minus(DAY), this.start.plus(DAY), DAY,
					this.outcomes.planned(this.tenant, this.start.minus(DAY), this.start.plus(DAY), DAY));
			throw new IllegalStateException("crash");
		})).hasMessage("crash"));
		assertThat(all()).isEmpty();
		count();
		double once = counts(SUBJECT).messages();
		count();
		assertThat(counts(SUBJECT).messages()).isCloseTo(once, Offset.offset(1e-5)).isLessThan(1);
	}

	@Test
	void keepsTenantsApart() {
		TenantId other = new TenantId(this.tenant.value() + "-other");
		react(send("accepted", SUBJECT), "clicked", 0, false);
		this.job.run();
		assertThat(all()).hasSize(1);
		inScope(other, () -> {
			assertThat(this.repository.all(other)).isEmpty();
			assertThat(this.repository.all(this.tenant)).as("row-level security").isEmpty();
		});
		assertThat(this.learning.learned(other).goals()).isEmpty();
	}

	@Test
	void usesWhatWasCountedAtOnce() {
		inScope(this.tenant, () -> assertThat(this.learning.of(this.tenant).explained("welcome", SUBJECT))
			.containsEntry("messages", 0L));
		for (int message = 0; message < 20; message++) {
			send("accepted", SUBJECT);
		}
		count();
		inScope(this.tenant, () -> {
			assertThat(this.learning.of(this.tenant).explained("welcome", SUBJECT)).containsEntry("messages", 19L);
			assertThat(this.learning.of(this.tenant).draw("welcome", SUBJECT, 5))
				.isEqualTo(this.learning.of(this.tenant).draw("welcome", SUBJECT, 5));
		});
	}

	@Test
	void listsFragmentsPageByPage(@LocalServerPort int port) {
		String goal = "goal-" + this.tenant.value();
		for (String tag : List.of("subject:b", "subject:a", "hook:c")) {
			UUID id = insert(TestTenant.ID, this.start, "welcome", "accepted", explanation(goal, tag), null);
			react(TestTenant.ID, id, "clicked", 0, false);
		}
		forget(TestTenant.ID);
		inScope(TestTenant.ID, () -> this.job.count(TestTenant.ID));
		PublicApi api = PublicApi.on(port).as(TestTenant.token(Role.MARKETER));
		JsonNode page = api.read("/api/v1/fragments?limit=2&goal=" + goal);
		assertThat(page.path("items")).extracting((row) -> row.path("fragment").asText())
			.containsExactly("hook:c", "subject:a");
		JsonNode row = page.path("items").get(0);
		assertThat(row.path("messages").asDouble()).isEqualTo(0.9);
		assertThat(row.path("low").asDouble()).isLessThan(row.path("rate").asDouble());
		assertThat(row.path("high").asDouble()).isGreaterThan(row.path("rate").asDouble());
		JsonNode rest = api
			.read("/api/v1/fragments?limit=2&goal=" + goal + "&cursor=" + page.path("nextCursor").asText());
		assertThat(rest.path("items")).extracting((last) -> last.path("fragment").asText())
			.containsExactly("subject:b");
		assertThat(rest.path("nextCursor").isNull()).isTrue();
	}

	private void count() {
		inScope(this.tenant, () -> this.job.count(this.tenant));
	}

	private void forget() {
		forget(this.tenant);
	}

	private void forget(TenantId whose) {
		inScope(whose, () -> {
			this.jdbc.sql("delete from agent.fragment_outcome where tenant_id = ?").param(whose.value()).update();
			this.jdbc.sql("delete from agent.fragment_count where tenant_id = ?").param(whose.value()).update();
		});
	}

	private List<FragmentOutcome> all() {
		return TenantScope.of(this.tenant, () -> this.repository.all(this.tenant));
	}

	private FragmentOutcome counts(String tag) {
		Map<String, FragmentOutcome> byTag = all().stream()
			.collect(Collectors.toMap(FragmentOutcome::tag, (outcome) -> outcome));
		assertThat(byTag).containsKey(tag);
		return byTag.get(tag);
	}

	private UUID send(String status, String... tags) {
		return insert(this.start, "welcome", status, explanation("welcome", tags), null);
	}

	private static String explanation(String goal, String... tags) {
		return "{\"plan\":{\"goal\":\"%s\"},\"variant\":{\"fragments\":[\"%s\"]}}".formatted(goal,
				String.join("\",\"", tags));
	}

	private UUID insert(Instant planned, String journey, String status, String explanation, UUID content) {
		return insert(this.tenant, planned, journey, status, explanation, content);
	}

	private UUID insert(TenantId whose, Instant planned, String journey, String status, String explanation,
			UUID content) {
		UUID id = new UUID((planned.toEpochMilli() << 16) | 0x7000, UUID.randomUUID().getLeastSignificantBits());
		inScope(whose,
				() -> this.jdbc
					.sql("""
							insert into delivery.send (tenant_id, id, profile_id, run_id, journey, step, template, topic, message_class,
								status, reason, explanation, content_id, created_at, updated_at)
							values (:tenant, :id, :id, :id, :journey, 'first', 'welcome', 'marketing', 'marketing', :status, 'test',
								:explanation::jsonb, :content::uuid, :at, :at)""")
					.param("tenant", whose.value())
					.param("id", id)
					.param("journey", journey)
					.param("status", status)
					.param("explanation", explanation)
					.param("content", content)
					.param("at", SqlTime.of(planned))
					.update());
		return id;
	}

	private void react(UUID send, String type, int link, boolean machine) {
		react(this.tenant, send, type, link, machine);
	}

	private void react(TenantId whose, UUID send, String type, int link, boolean machine) {
		inScope(whose, () -> this.jdbc.sql("""
				insert into delivery.send_event (tenant_id, send_id, type, occurred_at, link, machine, received_at)
				values (?, ?, ?, now(), ?, ?, now())""").params(whose.value(), send, type, link, machine).update());
	}

	private static void inScope(TenantId whose, Runnable work) {
		TenantScope.run(whose, work);
	}

}
