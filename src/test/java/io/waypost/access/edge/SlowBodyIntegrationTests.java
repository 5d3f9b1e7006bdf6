package io.waypost.access.edge;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.waypost.testing.WaypostTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Slow bodies over real connections, without a credential. */
@WaypostTest
class SlowBodyIntegrationTests {

	private static final List<String> PATHS = List.of("/webhooks/sandbox", "/login", "/v1/track", "/v1/batch",
			"/api/v1/campaigns", "/engine-rest/deployment/create", "/nothing");

	@LocalServerPort
	private int port;

	@Test
	void endsBodiesThatTrickleOrStayAway() throws Exception {
		try (ExecutorService threads = Executors.newFixedThreadPool(60)) {
			List<CompletableFuture<Ending>> endings = PATHS.stream()
				.flatMap((path) -> List
					.of(slow(path, 2500, "Content-Length: 20000", threads),
							slow(path, 60_000, "Content-Length: 20000", threads),
							slow(path, 2500, "Content-Length: 20000\r\nExpect: 100-continue", threads))
					.stream())
				.toList();
			for (CompletableFuture<Ending> ending : endings) {
				Ending result = ending.get();
				assertThat(result.took()).as(result.toString()).isLessThan(Duration.ofSeconds(15));
				assertThat(result.status()).as(result.toString()).matches("(4\\d\\d|)");
			}
			List<String> open = List.of("/webhooks/sandbox trickle", "/webhooks/sandbox silent", "/login trickle",
					"/login silent", "/v1/track trickle", "/v1/track silent");
			assertThat(endings.stream().map(CompletableFuture::join).filter((ending) -> open.contains(ending.name())))
				.as("answers of open paths")
				.hasSize(open.size())
				.extracting(Ending::status)
				.containsOnly("408");
		}
	}

	/** More connections than Tomcat has threads; without the limit each kept one. */
	@ParameterizedTest
	@ValueSource(strings = { "/webhooks/sandbox", "/login", "/v1/track" })
	void answersOthersBesideManySlowBodies(String path) throws Exception {
		List<Socket> slow = new ArrayList<>();
		try {
			for (int connection = 0; connection < 230; connection++) {
				Socket socket = new Socket("127.0.0.1", this.port);
				slow.add(socket);
				begin(socket, path, "Content-Length: 20000");
			}
			HttpRequest page = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/login"))
				.timeout(Duration.ofSeconds(4))
				.build();
			assertThat(HttpClient.newHttpClient().send(page, HttpResponse.BodyHandlers.ofString()).statusCode())
				.isEqualTo(200);
		}
		finally {
			for (Socket socket : slow) {
				socket.close();
			}
		}
	}

	private CompletableFuture<Ending> slow(String path, long gap, String headers, ExecutorService threads) {
		String name = path + ((gap > 10_000) ? " silent" : " trickle") + (headers.contains("Expect") ? " expect" : "");
		return CompletableFuture.supplyAsync(() -> {
			Instant begin = Instant.now();
			try {
				String status = send(path, gap, headers);
				return new Ending(name, status, Duration.between(begin, Instant.now()));
			}
			catch (IOException | InterruptedException closed) {
				return new Ending(name, "", Duration.between(begin, Instant.now()));
			}
		}, threads);
	}

	private String send(String path, long gap, String headers) throws IOException, InterruptedException {
		try (Socket socket = new Socket("127.0.0.1", this.port); InputStream in = socket.getInputStream()) {
			socket.setSoTimeout(20_000);
			begin(socket, path, headers);
			Thread trickle = Thread.ofVirtual().start(() -> trickle(socket, gap));
			try {
				String response = new String(in.readAllBytes(), StandardCharsets.UTF_8)
					.replaceFirst("^HTTP/1.1 100 *\r\n\r\n", "");
				return response.isEmpty() ? "" : response.substring(9, 12);
			}
			finally {
				trickle.interrupt();
			}
		}
	}

	private static void begin(Socket socket, String path, String headers) throws IOException {
		String type = path.equals("/login") ? "application/x-www-form-urlencoded" : "application/json";
		socket.getOutputStream()
			.write("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n%s\r\n\r\n{\"a\":"
				.formatted(path, type, headers)
				.getBytes(StandardCharsets.US_ASCII));
	}

	private static void trickle(Socket socket, long gap) {
		try {
			while (!socket.isClosed()) {
				Thread.sleep(gap);
				socket.getOutputStream().write('1');
			}
		}
		catch (IOException | InterruptedException ended) {
			// closed by the server, or the test has ended
		}
	}

	private record Ending(String name, String status, Duration took) {

	}

}
