package io.waypost.journey;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.testing.TestDatabase;
import io.waypost.testing.WaypostProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A campaign whose node is killed while it sends: the other node continues. */
@Tag("engine-node")
class CampaignFailoverIntegrationTests {

	private static final int PEOPLE = 600;

	private static final ObjectMapper JSON = new ObjectMapper();

	private final String url = TestDatabase.emptyDatabaseUrl("campaign_" + Long.toString(System.nanoTime(), 36));

	private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(TestDatabase.asSuperuser(this.url)));

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	@Test
	void sendsOnceToEachRecipientWhenANodeIsKilled() throws Exception {
		try (WaypostProcess first = node("first"); WaypostProcess second = node("second")) {
			first.awaitReady();
			second.awaitReady();
			introduce(first);
			String id = campaign(second);
			call(first, "/api/v1/campaigns/" + id + "/launch", "");
			await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5)).until(() -> done(id) >= 3);
			first.kill();
			await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
				assertThat(status(id)).as("sends: %s", sends(id)).isEqualTo("completed");
			});
			Map<String, Object> sends = sends(id);
			assertThat(sends).as("each recipient exactly once: %s", sends)
				.containsEntry("rows", (long) PEOPLE)
				.containsEntry("people", (long) PEOPLE);
			assertThat(this.jdbc.sql("SELECT count(*) - count(DISTINCT send_id) FROM delivery.sandbox_message")
				.query(Integer.class)
				.single()).as("messages sent twice").isZero();
		}
	}

	private WaypostProcess node(String name) throws IOException {
		return WaypostProcess.start(this.directory, name, "--spring.datasource.url=" + this.url,
				"--server.address=127.0.0.1", "--waypost.sample=true", "--waypost.sample-people=1",
				"--waypost.campaign.chunk-size=20", "--waypost.experiment.global-holdout=0",
				"--waypost.delivery.lease=6s", "--waypost.delivery.reconcile-after=3s",
				"--waypost.delivery.reconcile-interval=500ms", "--camunda.bpm.job-execution.lock-time-in-millis=5000");
	}

	private void introduce(WaypostProcess node) throws Exception {
		for (int from = 0; from < PEOPLE; from += 100) {
			StringBuilder batch = new StringBuilder("{\"batch\":[");
			for (int person = from; person < from + 100; person++) {
				batch.append((person > from) ? "," : "").append("""
						{"type":"identify","messageId":"c%1$d","userId":"c%1$d","traits":{"email":"c%1$d@example.com",
						"timezone":"%2$s"},"context":{"consent":{"categoryPreferences":{"marketing":true}}}},
						{"type":"track","messageId":"ct%1$d","userId":"c%1$d","event":"Campaign Tested","properties":{}}
						""".formatted(person, Shop.zoneAt(12)));
			}
			assertThat(post(node, "/v1/batch", "demo-write-key", batch.append("]}").toString()).statusCode())
				.isEqualTo(200);
		}
	}

	private String campaign(WaypostProcess node) throws Exception {
		call(node, "/api/v1/segments",
				"""
						{"name":"tested","description":"Profiles of the test","owner":"test","definition":"did \\"Campaign Tested\\""}
						""");
		call(node, "/api/v1/segments/tested/versions/1/approve", "");
		await().atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(500))
			.until(() -> JSON
				.readTree(post(node, "/api/v1/segments/preview", "demo-token",
						"{\"definition\":\"did \\\"Campaign Tested\\\"\"}")
					.body())
				.path("size")
				.asInt() == PEOPLE);
		return call(node, "/api/v1/campaigns", "{\"name\":\"Nodes\",\"template\":\"welcome\",\"segment\":\"tested\"}")
			.path("id")
			.asText();
	}

	private JsonNode call(WaypostProcess node, String path, String body) throws Exception {
		HttpResponse<String> answer = post(node, path, "demo-token", body);
		assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
		return JSON.readTree(answer.body());
	}

	private HttpResponse<String> post(WaypostProcess node, String path, String token, String body) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create(node.address() + path))
			.header("Content-Type", "application/json")
			.header("Authorization", "Bearer " + token)
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private int done(String id) {
		return this.jdbc.sql("SELECT count(*) FROM campaign.chunk WHERE campaign_id = ?::uuid AND status = 'done'")
			.param(id)
			.query(Integer.class)
			.single();
	}

	private String status(String id) {
		return this.jdbc.sql("SELECT status FROM campaign.campaign WHERE id = ?::uuid")
			.param(id)
			.query(String.class)
			.single();
	}

	private Map<String, Object> sends(String id) {
		return this.jdbc.sql(
				"SELECT count(*) AS rows, count(DISTINCT profile_id) AS people FROM delivery.send WHERE run_id = ?::uuid")
			.param(id)
			.query()
			.singleRow();
	}

}
