package io.waypost.journey.engine.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

import io.waypost.testing.Browser;
import io.waypost.testing.KillableDatabase;
import io.waypost.testing.WaypostProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests of signed-in users and API keys to the engine while PostgreSQL is down. Runs
 * in its own process, because only one Waypost in a JVM has the web applications.
 */
@Tag("engine-node")
class EngineOutageIntegrationTests {

	private static final String TASKS = "/engine-rest/task/count";

	private static final String TASKLIST = "/camunda/api/engine/engine/default/task/count";

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	@Test
	void answersWithAProblemWhileTheDatabaseIsDown() throws Exception {
		try (KillableDatabase database = KillableDatabase.start(this.directory.resolve("postgresql"));
				WaypostProcess waypost = WaypostProcess.start(this.directory, "waypost",
						"--spring.datasource.url=" + database.url(), "--server.address=127.0.0.1",
						"--waypost.sample=true", "--waypost.sample-people=1",
						"--spring.datasource.hikari.connection-timeout=1000")) {
			waypost.awaitReady();
			Browser person = Browser.signIn(waypost.address(), "demo", "waypost");
			assertThat(person.get(TASKLIST).statusCode()).isEqualTo(200);
			assertThat(program(waypost).statusCode()).isEqualTo(200);
			database.kill();
			// The token is remembered for a few seconds, so that it is the engine that
			// fails
			assertIsProblem(waypost, program(waypost));
			assertIsProblem(waypost, person.get(TASKLIST));
			assertIsProblem(waypost, program(waypost));
		}
	}

	private HttpResponse<String> program(WaypostProcess waypost) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create(waypost.address() + TASKS))
			.header("Authorization", "Bearer demo-token")
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static void assertIsProblem(WaypostProcess waypost, HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(() -> answer.uri() + " " + answer.body() + "\n" + waypost.output())
			.isEqualTo(503);
		assertThat(answer.headers().firstValue("Retry-After")).contains("5");
		assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
		assertThat(answer.body()).contains("\"status\":503").doesNotContain("Exception");
	}

}
