package io.waypost.startup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.metrics.StartupStep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Answers during the start. */
class StartupServerTests {

	private final StartupProgress progress = new StartupProgress();

	private final HttpClient http = HttpClient.newHttpClient();

	private StartupServer server;

	private int port;

	@BeforeEach
	void open() throws IOException {
		try (ServerSocketChannel free = ServerSocketChannel.open()) {
			free.bind(address(0));
			this.port = free.socket().getLocalPort();
		}
		this.server = StartupServer.open(address(this.port), new StartupResponse(this.progress));
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void showsTheProgressToBrowsers() throws Exception {
		reach("flywayInitializer");
		HttpResponse<String> page = send(request("/segments").header("Accept", "text/html,*/*").build());
		assertThat(page.statusCode()).isEqualTo(503);
		assertThat(page.headers().firstValue("Retry-After")).contains("2");
		assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(page.body()).contains("http-equiv=\"refresh\"")
			.contains("<li class=\"done\">Start the database</li>", "<li class=\"now\">Load templates")
			.doesNotContain("{title}", "{stages}", "{hint}", "{seconds}", "/segments");
	}

	@Test
	void tellsProgramsToComeBack() throws Exception {
		String body = "x".repeat(400_000);
		HttpResponse<String> refused = send(
				request("/v1/batch?now").POST(HttpRequest.BodyPublishers.ofString(body)).build());
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).contains("2");
		assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(refused.body()).contains("\"status\":503", "was not processed");
	}

	@Test
	void isNotHealthyYet() throws Exception {
		HttpResponse<String> health = send(request("/actuator/health/readiness").build());
		assertThat(health.statusCode()).isEqualTo(503);
		assertThat(health.body()).isEqualTo("{\"status\":\"OUT_OF_SERVICE\"}");
	}

	@Test
	void closesOnWhatIsNotHttp() throws Exception {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write("HELLO\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void neverGoesBack() {
		reach("processEngineFactoryBean");
		reach("flywayInitializer");
		this.progress.start("spring.context.config-classes.parse").end();
		assertThat(this.progress.stage()).isEqualTo(StartupStage.PAGES);
	}

	@Test
	void handsTheSocketOverOnce() throws Exception {
		ServerSocketChannel channel = this.server.handOver().orElseThrow();
		assertThat(channel.isOpen()).isTrue();
		assertThat(channel.isBlocking()).isTrue();
		assertThat(this.server.handOver()).isEmpty();
		this.server.close();
		assertThat(channel.isOpen()).as("belongs to the one who took it").isTrue();
		channel.close();
	}

	@Test
	void refusesAPortThatIsTaken() {
		assertThatIOException()
			.isThrownBy(() -> StartupServer.open(address(this.port), new StartupResponse(this.progress)));
	}

	private void reach(String bean) {
		StartupStep step = this.progress.start("spring.beans.instantiate").tag("beanName", bean);
		step.end();
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path));
	}

	private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return this.http.send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static InetSocketAddress address(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

}
