package io.waypost.access.edge;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.waypost.testing.WaypostTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Redirects of requests with a foreign Host header. */
@WaypostTest
class OwnRedirectIntegrationTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "evil.example:8080", "localhost" })
	void sendsToThePathOnly(String host) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.port); InputStream in = socket.getInputStream()) {
			socket.getOutputStream()
				.write("GET /messages HTTP/1.1\r\nHost: %s\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
					.formatted(host)
					.getBytes(StandardCharsets.US_ASCII));
			String response = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			assertThat(response).containsIgnoringCase("\r\nLocation: /login\r\n").doesNotContain("evil.example");
		}
	}

}
