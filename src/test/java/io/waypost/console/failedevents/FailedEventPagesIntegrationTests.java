package io.waypost.console.failedevents;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

import io.waypost.access.Role;
import io.waypost.ingestion.DeadLetterQueue;
import io.waypost.testing.Browser;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages on which failed events are edited and replayed. */
@WaypostTest
class FailedEventPagesIntegrationTests {

	private final String user = "dancer-" + UUID.randomUUID();

	@LocalServerPort
	private int port;

	@Autowired
	private DeadLetterQueue queue;

	@Test
	void savesACorrectedEventAndReplaysIt() throws Exception {
		String path = "/failed-events/" + failedEvent();
		Browser admin = Browser.signIn("http://127.0.0.1:" + this.port, TestTenant.user(Role.ADMIN));
		assertThat(admin.get("/failed-events").body()).contains("href=\"" + path + "\"");
		assertThat(admin.get(path).body()).contains(this.user, "Save event").doesNotContain("Original event");

		admin.post(path, "event", "{");
		assertThat(admin.get(path).body()).contains("The event is not valid JSON (line 1", "{</textarea>");
		admin.post(path, "event", "{\"type\":\"track\",\"event\":\"Danced\"}");
		assertThat(admin.get(path).body()).contains("Not saved. /event/userId");

		admin.post(path, "event", "{\"type\":\"track\",\"event\":\"Danced\",\"userId\":\"%s\"}".formatted(this.user));
		assertThat(admin.get(path).body()).contains("Danced", "Original event", "dance", "Edited",
				"user:" + TestTenant.user(Role.ADMIN));
		admin.post(path + "/replay");
		assertThat(admin.get("/failed-events").body()).contains("Replayed: 1 new event.");
		assertThat(admin.get(path).body()).doesNotContain("Save event");
	}

	@Test
	void showsMarketersFieldsWithoutValuesAndNoForm() throws Exception {
		String path = "/failed-events/" + failedEvent();
		Browser marketer = Browser.signIn("http://127.0.0.1:" + this.port, TestTenant.user(Role.MARKETER));
		assertThat(marketer.get("/failed-events").body()).contains("href=\"" + path + "\"");
		assertThat(marketer.get(path).body()).contains("userId", "***").doesNotContain(this.user, "Save event");
	}

	@Test
	void refusesRolesThatMayNotReplay() throws Exception {
		Browser modeler = Browser.signIn("http://127.0.0.1:" + this.port, TestTenant.user(Role.MODELER));
		assertThat(modeler.get("/failed-events/" + failedEvent()).statusCode()).isEqualTo(403);
	}

	private UUID failedEvent() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/v1/batch"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers
				.ofString("{\"batch\":[{\"userId\":\"%s\",\"type\":\"dance\"}],\"writeKey\":\"%s\"}"
					.formatted(this.user, TestTenant.WRITE_KEY)))
			.build();
		assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
			.isEqualTo(200);
		return this.queue.list(TestTenant.ID, 1, null).items().getFirst().id();
	}

}
