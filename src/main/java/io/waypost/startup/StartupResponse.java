package io.waypost.startup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a request gets during the start: always 503 with the time to come back. Nothing of
 * the request is repeated in it.
 */
final class StartupResponse {

	private static final int RETRY_SECONDS = 2;

	private static final String HEALTH = "/actuator/health";

	private final ResourceBundle texts = ResourceBundle.getBundle("startup.messages");

	private final String page = resource("page.html");

	private final StartupProgress progress;

	StartupResponse(StartupProgress progress) {
		this.progress = progress;
	}

	/** The whole response, ready to be written. */
	byte[] to(StartupRequest request) {
		if (request.wantsPage()) {
			return response(request, "text/html; charset=utf-8", page());
		}
		if (request.path().equals(HEALTH) || request.path().startsWith(HEALTH + "/")) {
			return response(request, "application/vnd.spring-boot.actuator.v3+json", "{\"status\":\"OUT_OF_SERVICE\"}");
		}
		return response(request, "application/problem+json", problem());
	}

	private String problem() {
		return """
				{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"%s"}"""
			.formatted(this.texts.getString("problem").formatted(label(this.progress.stage()), RETRY_SECONDS));
	}

	private String page() {
		StartupStage now = this.progress.stage();
		String stages = Stream.of(StartupStage.values())
			.map((stage) -> "<li class=\"%s\">%s</li>".formatted(state(stage, now), label(stage)))
			.collect(Collectors.joining("\n    "));
		return this.page.replace("{title}", this.texts.getString("title"))
			.replace("{hint}", this.texts.getString("hint"))
			.replace("{seconds}", this.texts.getString("seconds").formatted(this.progress.seconds()))
			.replace("{stages}", stages);
	}

	private static String state(StartupStage stage, StartupStage now) {
		return (stage.compareTo(now) < 0) ? "done" : (stage == now) ? "now" : "later";
	}

	private String label(StartupStage stage) {
		return this.texts.getString(stage.key());
	}

	private static byte[] response(StartupRequest request, String type, String body) {
		byte[] content = body.getBytes(StandardCharsets.UTF_8);
		String head = """
				HTTP/1.1 503 Service Unavailable
				Content-Type: %s
				Content-Length: %d
				Retry-After: %d
				Cache-Control: no-store
				Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'
				X-Content-Type-Options: nosniff
				Connection: close

				""".formatted(type, content.length, RETRY_SECONDS).replace("\n", "\r\n");
		String answer = request.method().equals("HEAD") ? head : head + body;
		return answer.getBytes(StandardCharsets.UTF_8);
	}

	private static String resource(String name) {
		try (InputStream input = StartupResponse.class.getResourceAsStream("/startup/" + name)) {
			if (input == null) {
				throw new IllegalStateException("/startup/" + name + " is not on the class path");
			}
			return new String(input.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
