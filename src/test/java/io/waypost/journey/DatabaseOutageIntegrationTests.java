package io.waypost.journey;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.waypost.access.Role;
import io.waypost.testing.Browser;
import io.waypost.testing.KillableDatabase;
import io.waypost.testing.RunningWaypost;
import io.waypost.testing.TestTenant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.kafka.test.utils.KafkaTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * PostgreSQL is killed while Waypost runs, and started again later. Meanwhile sources
 * send events over HTTP and Kafka.
 */
@Tag("engine-node")
@Tag("broker")
class DatabaseOutageIntegrationTests {

	private static final Duration LONGEST_ANSWER = Duration.ofSeconds(15);

	private static final String TOPIC = "waypost.events";

	private static EmbeddedKafkaKraftBroker broker;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

	private final Queue<String> refused = new ConcurrentLinkedQueue<>();

	private final Queue<HttpResponse<String>> refusals = new ConcurrentLinkedQueue<>();

	private final Queue<Duration> waits = new ConcurrentLinkedQueue<>();

	private final AtomicInteger customers = new AtomicInteger();

	@TempDir
	private Path directory;

	@BeforeAll
	static void startBroker() {
		broker = new EmbeddedKafkaKraftBroker(1, 1, TOPIC, "waypost.events.dlt", "waypost.message-events");
		broker.brokerListProperty("test.kafka.brokers");
		broker.afterPropertiesSet();
	}

	@AfterAll
	static void stopBroker() {
		broker.destroy();
	}

	@Test
	void refusesQuicklyLosesNothingAndRecovers() throws Exception {
		try (KillableDatabase database = KillableDatabase.start(this.directory.resolve("postgresql"));
				RunningWaypost waypost = RunningWaypost.start(database.url(),
						"spring.kafka.bootstrap-servers=" + broker.getBrokersAsString(),
						"camunda.bpm.job-execution.lock-time-in-millis=4000", "waypost.delivery.lease=6s",
						"waypost.delivery.reconcile-interval=500ms")) {
			Shop shop = Shop.in(waypost.context(), waypost.http());
			String waiting = shop.customer();
			shop.fillCart(waiting, "cart-of-" + waiting);
			String instance = shop.awaitRun(waiting, "running").get("process_instance_id").toString();
			Browser operator = Browser.signIn(waypost.base(), TestTenant.user(Role.OPERATOR));
			AtomicBoolean shopping = new AtomicBoolean(true);
			ExecutorService sources = Executors.newFixedThreadPool(4);
			try {
				for (int source = 0; source < 4; source++) {
					sources.execute(() -> keepSending(waypost.base(), shopping));
				}
				sendToKafka("before");
				await().atMost(Duration.ofSeconds(30)).until(() -> this.acknowledged.size() >= 40);
				database.kill();
				sendToKafka("during");
				assertRefusesWithProblem(waypost, operator);
				await().atMost(Duration.ofSeconds(30)).until(() -> this.refusals.size() >= 4);
				database.startAgain();
				int before = this.acknowledged.size();
				await().atMost(Duration.ofSeconds(60)).until(() -> this.acknowledged.size() >= before + 40);
			}
			finally {
				shopping.set(false);
				sources.close();
			}
			sendToKafka("after");
			assertThat(this.refusals).isNotEmpty().allSatisfy(DatabaseOutageIntegrationTests::assertIsProblem);
			assertThat(this.waits).allSatisfy((wait) -> assertThat(wait).isLessThan(LONGEST_ANSWER));
			// A client keeps what was refused, and sends it again
			this.refused.forEach((user) -> assertThat(send(waypost.base(), user).statusCode()).isEqualTo(200));
			assertEverythingIsThereOnce(waypost);
			assertEachIsWelcomedOnce(waypost);
			shop.passTime(instance);
			shop.awaitSend(waiting, "ACCEPTED", "DELIVERED");
			assertThat(operator.get("/").statusCode()).isEqualTo(200);
		}
	}

	/** A new customer with every request: who they are, and that they signed up. */
	private void keepSending(String base, AtomicBoolean shopping) {
		while (shopping.get()) {
			String user = "away-" + this.customers.incrementAndGet();
			long start = System.nanoTime();
			HttpResponse<String> answer = send(base, user);
			this.waits.add(Duration.ofNanos(System.nanoTime() - start));
			if (answer.statusCode() == 200) {
				this.acknowledged.add(user);
			}
			else {
				this.refused.add(user);
				this.refusals.add(answer);
			}
		}
	}

	private HttpResponse<String> send(String base, String user) {
		String batch = """
				{"batch":[{"type":"identify","messageId":"i-%1$s","userId":"%1$s","traits":{"email":"%1$s@example.com",
				"firstName":"Ada","timezone":"%2$s"},"context":{"consent":{"categoryPreferences":{"marketing":true}}}},
				{"type":"track","messageId":"t-%1$s","userId":"%1$s","event":"Signed Up","properties":{}}]}
				""".formatted(user, Shop.zoneAt(12));
		return exchange(HttpRequest.newBuilder(URI.create(base + "/v1/batch"))
			.header("Content-Type", "application/json")
			.header("Authorization", "Bearer " + TestTenant.WRITE_KEY)
			.POST(HttpRequest.BodyPublishers.ofString(batch))
			.build());
	}

	private void assertRefusesWithProblem(RunningWaypost waypost, Browser operator) {
		List<CompletableFuture<Void>> checks = new ArrayList<>();
		for (String path : List.of("/api/v1/sends", "/api/v1/ledger/verify", "/engine-rest/task")) {
			checks.add(CompletableFuture.runAsync(() -> assertRefusesWithProblem(waypost, path)));
		}
		checks.add(CompletableFuture.runAsync(() -> {
			HttpResponse<String> page = operator.get("/", "text/html");
			assertThat(page.statusCode()).isEqualTo(503);
			assertThat(page.headers().firstValue("Retry-After")).contains("5");
			assertThat(page.body()).contains("<html").doesNotContain("Exception");
		}));
		checks.add(CompletableFuture
			.runAsync(() -> assertThat(operator.get("/actuator/health").statusCode()).isEqualTo(503)));
		checks.forEach(CompletableFuture::join);
	}

	private void assertRefusesWithProblem(RunningWaypost waypost, String path) {
		long start = System.nanoTime();
		assertIsProblem(exchange(HttpRequest.newBuilder(URI.create(waypost.base() + path))
			.header("Authorization", "Bearer " + TestTenant.token(Role.COMPLIANCE))
			.build()));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).as(path).isLessThan(LONGEST_ANSWER);
	}

	private static void assertIsProblem(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.uri() + " " + answer.body()).isEqualTo(503);
		assertThat(answer.headers().firstValue("Retry-After")).contains("5");
		assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
	}

	private void assertEverythingIsThereOnce(RunningWaypost waypost) {
		List<String> expected = new ArrayList<>(List.of("k-before", "k-during", "k-after"));
		for (Queue<String> users : List.of(this.acknowledged, this.refused)) {
			users.forEach((user) -> expected.addAll(List.of("i-" + user, "t-" + user)));
		}
		await().atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(waypost.part(JdbcClient.class)
				.sql("SELECT message_id FROM ingestion.event WHERE message_id ~ '^(k|i-away|t-away)-'")
				.query(String.class)
				.list()).containsExactlyInAnyOrderElementsOf(expected));
	}

	/** Each has one run, one send and one message, unless the outcome is unresolved. */
	private void assertEachIsWelcomedOnce(RunningWaypost waypost) {
		int people = this.acknowledged.size() + this.refused.size();
		await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
			Map<String, Integer> messages = messagesByStatus(waypost);
			assertThat(messages.keySet()).isSubsetOf("accepted", "delivered", "unknown");
			assertThat(messages.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(people);
			assertThat(messages.getOrDefault("unknown", 0)).as("of %s", messages).isLessThan(people / 4);
		});
		assertThat(waypost.part(JdbcClient.class).sql("""
				SELECT count(*) FROM delivery.send WHERE status IN ('accepted', 'delivered') AND journey = 'welcome'
					AND (SELECT count(*) FROM delivery.sandbox_message AS m WHERE m.send_id = send.id) <> 1
				""").query(Integer.class).single()).as("accepted sends without exactly one message").isZero();
		assertThat(waypost.part(JdbcClient.class)
			.sql("SELECT count(*) FROM (SELECT send_id FROM delivery.sandbox_message GROUP BY send_id HAVING count(*) > 1)")
			.query(Integer.class)
			.single()).as("sends mailed twice").isZero();
	}

	private static Map<String, Integer> messagesByStatus(RunningWaypost waypost) {
		Map<String, Integer> counts = new HashMap<>();
		waypost.part(JdbcClient.class)
			.sql("SELECT status, count(*) AS sends FROM delivery.send WHERE journey = 'welcome' GROUP BY status")
			.query((row) -> {
				counts.put(row.getString("status"), row.getInt("sends"));
			});
		return counts;
	}

	private HttpResponse<String> exchange(HttpRequest request) {
		try {
			return this.http.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static void sendToKafka(String when) throws Exception {
		DefaultKafkaProducerFactory<byte[], byte[]> producers = new DefaultKafkaProducerFactory<>(
				KafkaTestUtils.producerProps(broker), new ByteArraySerializer(), new ByteArraySerializer());
		ProducerRecord<byte[], byte[]> event = new ProducerRecord<>(TOPIC, """
				{"type":"track","event":"Page Seen","userId":"k","messageId":"k-%s"}
				""".formatted(when).getBytes(StandardCharsets.UTF_8));
		event.headers().add("writeKey", TestTenant.WRITE_KEY.getBytes(StandardCharsets.UTF_8));
		new KafkaTemplate<>(producers).send(event).get(30, TimeUnit.SECONDS);
		producers.destroy();
	}

}
