package io.waypost.feedback;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.swagger.v3.oas.annotations.Hidden;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.PublicEndpoint;
import io.waypost.delivery.esp.WebhookRequest;
import io.waypost.delivery.esp.WebhookSignatureException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Receives webhooks of e-mail service providers. Answers 200 only when everything is
 * stored.
 */
@RestController
@Hidden
@PublicEndpoint("e-mail providers: the body is signed")
class EspWebhookController {

	private final EspWebhookProcessor processor;

	private final FeedbackSettings settings;

	EspWebhookController(EspWebhookProcessor processor, FeedbackSettings settings) {
		this.processor = processor;
		this.settings = settings;
	}

	@PostMapping("/webhooks/{esp}")
	Map<String, Integer> receive(@PathVariable String esp, HttpServletRequest request) throws IOException {
		WebhookRequest webhook = new WebhookRequest(esp, headers(request), body(request));
		try {
			int stored = this.processor.process(webhook)
				.orElseThrow(() -> InvalidRequestException.notFound(
						("ESP '%s' has no webhook; waypost.esp[n] needs this name and a webhook-key").formatted(esp)));
			return Map.of("stored", stored);
		}
		catch (WebhookSignatureException forged) {
			throw new InvalidRequestException(HttpStatus.UNAUTHORIZED,
					forged.getMessage()
							+ "; check that waypost.esp[n].webhook-key is the verification key of this webhook",
					List.of());
		}
		catch (IllegalArgumentException malformed) {
			throw InvalidRequestException.badRequest("", String.valueOf(malformed.getMessage()));
		}
	}

	/** Reads the raw body, because the signature covers its bytes. */
	private byte[] body(HttpServletRequest request) throws IOException {
		int limit = Math.toIntExact(this.settings.maxWebhookSize().toBytes());
		try (InputStream in = request.getInputStream()) {
			byte[] body = in.readNBytes(limit + 1);
			if (body.length > limit) {
				throw new InvalidRequestException(HttpStatus.PAYLOAD_TOO_LARGE,
						"The body is larger than %d bytes; post fewer events at once".formatted(limit), List.of());
			}
			return body;
		}
	}

	private static Map<String, String> headers(HttpServletRequest request) {
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		Collections.list(request.getHeaderNames()).forEach((name) -> headers.put(name, request.getHeader(name)));
		return headers;
	}

}
