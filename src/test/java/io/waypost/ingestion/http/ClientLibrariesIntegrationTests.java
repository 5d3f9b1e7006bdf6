package io.waypost.ingestion.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.segment.analytics.Analytics;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.TrackMessage;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventLog;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Segment's and RudderStack's client libraries deliver events to Waypost. */
@WaypostTest
class ClientLibrariesIntegrationTests {

	private static final Path CLIENTS = Path.of("src/test/clients");

	@LocalServerPort
	private int port;

	@Autowired
	private Profiles profiles;

	@Autowired
	private EventLog log;

	private final String user = "client-" + UUID.randomUUID();

	@Test
	void analyticsJavaDelivers() {
		Analytics analytics = Analytics.builder(TestTenant.WRITE_KEY).endpoint("http://127.0.0.1:" + this.port).build();
		analytics.enqueue(IdentifyMessage.builder().userId(this.user).traits(Map.of("plan", "pro")));
		analytics.enqueue(TrackMessage.builder("Order Completed").userId(this.user).properties(Map.of("total", 27.5)));
		analytics.flush();
		awaitEvents();
		analytics.shutdown();
	}

	@ParameterizedTest
	@ValueSource(strings = { "segment.mjs", "rudderstack.mjs" })
	void nodeLibrariesDeliver(String script) throws IOException, InterruptedException {
		assumeTrue(Files.isDirectory(CLIENTS.resolve("node_modules")),
				"src/test/clients/node_modules is missing: run npm ci in src/test/clients to test the Node libraries");
		Process node = new ProcessBuilder("node", script, "http://127.0.0.1:" + this.port, TestTenant.WRITE_KEY,
				this.user)
			.directory(CLIENTS.toFile())
			.redirectErrorStream(true)
			.start();
		String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(node.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
		assertThat(node.exitValue()).as(output).isZero();
		awaitEvents();
	}

	private void awaitEvents() {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(events()).as("%s", events())
				.extracting(Event::type)
				.containsExactlyInAnyOrder("identify", "track"));
		assertThat(events()).filteredOn("type", "track").singleElement().satisfies((event) -> {
			assertThat(event.name()).isEqualTo("Order Completed");
			assertThat(event.properties().path("total").doubleValue()).isEqualTo(27.5);
			assertThat(Duration.between(event.occurredAt(), event.receivedAt()).abs())
				.isLessThan(Duration.ofMinutes(1));
		});
	}

	private List<Event> events() {
		return this.profiles.find(TestTenant.ID, new Identifier(Identifier.Type.USER_ID, this.user))
			.map((profile) -> this.log.of(TestTenant.ID, profile, 100, null).items())
			.orElse(List.of());
	}

}
