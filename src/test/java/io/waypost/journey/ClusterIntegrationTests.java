package io.waypost.journey;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.waypost.testing.TestDatabase;
import io.waypost.testing.WaypostProcess;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Processes that share one database. Some are killed or stopped in the middle of their
 * work; the messages that the sandbox accepted are counted for each recipient.
 */
@Tag("engine-node")
class ClusterIntegrationTests {

	private static final String SENDS = "SELECT status, count(*) AS sends FROM delivery.send WHERE journey = 'welcome'"
			+ " AND profile_id IN (SELECT profile_id FROM ingestion.event WHERE message_id LIKE ?) GROUP BY status";

	private static final int PEOPLE = 240;

	private final String url = TestDatabase.emptyDatabaseUrl("nodes_" + Long.toString(System.nanoTime(), 36));

	private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(TestDatabase.asSuperuser(this.url)));

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	@Test
	void sendOnceToEachRecipientWhenOneNodeFails() throws Exception {
		try (WaypostProcess first = node("first", "--waypost.sample-people=1");
				WaypostProcess second = node("second", "--waypost.sample-people=1")) {
			first.awaitReady();
			second.awaitReady();
			assertStartedTogether(first, second);
			signUp("shared", 40, first, second);
			assertThat(settled("shared", 40).keySet()).as("of two that work").isSubsetOf("accepted", "delivered");
			assertThat(runsStartedBy(first) + runsStartedBy(second)).isGreaterThanOrEqualTo(40);
			assertThat(runsStartedBy(second)).as("runs started by the second node").isPositive();

			signUp("frozen", 60, first, second);
			freezeInTheMiddle(first, "frozen");
			// Its leases run out, as its locks have: the second takes over what the first
			// holds
			await().atMost(Duration.ofSeconds(30)).until(() -> submitting() == 0);
			first.thaw();
			assertEachSentOnce("frozen", 60);
			// The one that woke up knows what it took to a provider and what it did not
			assertThat(settled("frozen", 60).keySet()).as("after a thaw").isSubsetOf("accepted", "delivered");

			signUp("killed", 60, first, second);
			freezeInTheMiddle(first, "killed");
			first.kill();
			assertEachSentOnce("killed", 60);
		}
	}

	@Test
	void continueTheSampleWorkspaceAfterAKill() throws Exception {
		try (WaypostProcess first = node("filling", "--waypost.sample-people=" + PEOPLE)) {
			await().atMost(Duration.ofMinutes(6)).ignoreExceptions().until(() -> filled() > 0);
			first.kill();
		}
		assertThat(filled()).as("people when it was killed").isLessThan(PEOPLE);
		try (WaypostProcess second = node("resuming", "--waypost.sample-people=" + PEOPLE)) {
			await().atMost(Duration.ofMinutes(6))
				.until(() -> second.output().contains("The sample workspace is loaded"));
		}
		assertThat(this.jdbc.sql("SELECT message_id FROM ingestion.event WHERE message_id ~ '^sample-[0-9]+-[0-9]+$'")
			.query(String.class)
			.list()).doesNotHaveDuplicates()
			.containsAll(IntStream.rangeClosed(1, PEOPLE).mapToObj("sample-%d-1"::formatted).toList());
		assertThat(this.jdbc.sql("SELECT count(*) FROM content.template WHERE key = 'welcome' AND locale = 'en'")
			.query(Integer.class)
			.single()).as("templates made once").isEqualTo(1);
	}

	/**
	 * Checks that two nodes that started on an empty database created nothing twice.
	 */
	private void assertStartedTogether(WaypostProcess... nodes) {
		await().atMost(Duration.ofSeconds(60)).until(() -> filled() > 0);
		for (WaypostProcess node : nodes) {
			assertThat(node.complaints()).isEmpty();
		}
		for (String once : List.of("SELECT count(*) FROM act_re_deployment WHERE name_ = 'waypost'",
				"SELECT max(version_) FROM act_re_procdef", "SELECT max(version_) FROM act_re_decision_def",
				"SELECT count(*) FROM act_ru_filter WHERE name_ = 'Content to review'",
				"SELECT max(n) FROM (SELECT count(*) AS n FROM content.template GROUP BY key, locale) AS made",
				"SELECT max(version) FROM content.brand_kit", "SELECT max(version) FROM audience.segment")) {
			assertThat(this.jdbc.sql(once).query(Integer.class).single()).as(once).isEqualTo(1);
		}
	}

	private WaypostProcess node(String name, String... more) throws IOException {
		String[] arguments = { "--spring.datasource.url=" + this.url, "--server.address=127.0.0.1",
				"--waypost.sample=true", "--waypost.delivery.lease=4s", "--waypost.delivery.reconcile-after=8s",
				"--waypost.delivery.reconcile-interval=500ms", "--camunda.bpm.job-execution.lock-time-in-millis=3000" };
		String[] all = new String[arguments.length + more.length];
		System.arraycopy(arguments, 0, all, 0, arguments.length);
		System.arraycopy(more, 0, all, arguments.length, more.length);
		return WaypostProcess.start(this.directory, name, all);
	}

	/** Signs up customers, alternating between the nodes. */
	private void signUp(String wave, int customers, WaypostProcess... nodes) throws Exception {
		for (int number = 0; number < customers; number++) {
			String user = "%s-%d".formatted(wave, number);
			HttpRequest request = HttpRequest
				.newBuilder(URI.create(nodes[number % nodes.length].address() + "/v1/batch"))
				.header("Content-Type", "application/json")
				.header("Authorization", "Bearer demo-write-key")
				.POST(HttpRequest.BodyPublishers.ofString("""
						{"batch":[{"type":"identify","messageId":"%1$s-i","userId":"%1$s","traits":{"email":
						"%1$s@example.com","timezone":"%2$s"},"context":{"consent":{"categoryPreferences":
						{"marketing":true}}}},
						{"type":"track","messageId":"%1$s-s","userId":"%1$s","event":"Signed Up","properties":{}}]}
						""".formatted(user, Shop.zoneAt(12))))
				.build();
			HttpResponse<String> answer = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		}
	}

	/**
	 * Stops the node when it has claimed sends and not yet saved their outcome: while we
	 * hold the sandbox's table no provider call ends.
	 */
	private void freezeInTheMiddle(WaypostProcess node, String wave) throws Exception {
		for (int attempt = 0; attempt < 20; attempt++) {
			try (Connection sandbox = DriverManager.getConnection(TestDatabase.asSuperuser(this.url))) {
				sandbox.setAutoCommit(false);
				sandbox.createStatement().execute("LOCK TABLE delivery.sandbox_message IN SHARE MODE");
				signUp(wave + "-" + attempt, 3, node);
				await().atMost(Duration.ofSeconds(30)).until(() -> submitting() > 0);
				node.freeze();
			}
			if (stays()) {
				return;
			}
			node.thaw();
		}
		throw new AssertionError("The node was never caught in the middle of its work");
	}

	/**
	 * What the other node has claimed is done in a moment; what stays is the frozen
	 * one's.
	 */
	private boolean stays() {
		try {
			await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(3)).until(() -> submitting() > 0);
			return true;
		}
		catch (ConditionTimeoutException theOthers) {
			return false;
		}
	}

	private int submitting() {
		return this.jdbc.sql("SELECT count(*) FROM delivery.send WHERE status = 'submitting'")
			.query(Integer.class)
			.single();
	}

	private static int accepted(Map<String, Integer> sends) {
		return sends.getOrDefault("accepted", 0) + sends.getOrDefault("delivered", 0);
	}

	private Map<String, Integer> settled(String wave, int atLeast) {
		await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
			Map<String, Integer> sends = sends(wave);
			assertThat(sends).doesNotContainKeys("planned", "queued", "submitting", "unknown");
			int customers = signedUp(wave);
			assertThat(customers).isGreaterThanOrEqualTo(atLeast);
			assertThat(sends.values().stream().mapToInt(Integer::intValue).sum()).as("sends of %s: %s", wave, sends)
				.isEqualTo(customers);
		});
		return sends(wave);
	}

	/**
	 * A message in dispatch is resolved by the report of the provider. A message without
	 * a report is recorded as unresolved and not sent again.
	 */
	private void assertEachSentOnce(String wave, int customers) {
		Map<String, Integer> sends = settled(wave, customers);
		assertThat(sends.keySet()).isSubsetOf("accepted", "delivered", "resolved_by_policy");
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(
					() -> assertThat(misjudged()).as("sends whose status is not what the sandbox has").isEmpty());
		assertThat(this.jdbc.sql("SELECT count(*) - count(DISTINCT send_id) FROM delivery.sandbox_message")
			.query(Integer.class)
			.single()).as("messages sent twice").isZero();
		assertThat(accepted(sends)).as("of %s", sends).isGreaterThan(customers / 2);
	}

	private int signedUp(String wave) {
		return this.jdbc.sql("SELECT count(*) FROM ingestion.event WHERE message_id LIKE ? AND name = 'Signed Up'")
			.param(wave + "%")
			.query(Integer.class)
			.single();
	}

	private List<Map<String, Object>> misjudged() {
		return this.jdbc.sql("""
				SELECT id, status, reason FROM delivery.send AS send WHERE journey = 'welcome'
					AND (status IN ('accepted', 'delivered')) <>
						((SELECT count(*) FROM delivery.sandbox_message AS m WHERE m.send_id = send.id) = 1)
				""").query().listOfRows();
	}

	private Map<String, Integer> sends(String wave) {
		Map<String, Integer> counts = new HashMap<>();
		this.jdbc.sql(SENDS).param(wave + "%").query((row) -> {
			counts.put(row.getString("status"), row.getInt("sends"));
		});
		return counts;
	}

	private double runsStartedBy(WaypostProcess node) throws Exception {
		String metrics = this.http
			.send(HttpRequest.newBuilder(URI.create(node.address() + "/actuator/prometheus"))
				.header("Authorization", "Bearer demo-token")
				.build(), HttpResponse.BodyHandlers.ofString())
			.body();
		return metrics.lines()
			.filter((line) -> line.startsWith("waypost_journey_run_start_total{") && line.contains("\"started\""))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

	private int filled() {
		return this.jdbc.sql("SELECT coalesce(max(people), 0) FROM sample.progress WHERE content_at IS NOT NULL")
			.query(Integer.class)
			.single();
	}

}
