package io.waypost.delivery.esp.sandbox;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.delivery.esp.EspEvent;
import io.waypost.delivery.esp.EspEvent.Type;
import io.waypost.delivery.esp.EspWebhookParser;
import io.waypost.delivery.esp.WebhookRequest;
import io.waypost.delivery.esp.WebhookSignatureException;
import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/** Parses what {@link SandboxEventPublisher} publishes. */
class SandboxWebhookParser implements EspWebhookParser {

	private final SandboxWebhookSigner signer;

	private final ObjectMapper json;

	SandboxWebhookParser(SandboxWebhookSigner signer, ObjectMapper json) {
		this.signer = signer;
		this.json = json;
	}

	@Override
	public List<EspEvent> parse(WebhookRequest post) {
		String signature = post.header(SandboxWebhookSigner.HEADER);
		if (signature == null || !this.signer.matches(post.body(), signature)) {
			throw new WebhookSignatureException("Signature does not match the body");
		}
		try {
			return this.json.readValue(post.body(), new TypeReference<List<SandboxEvent>>() {
			}).stream().map(SandboxEvent::toEspEvent).toList();
		}
		catch (IOException malformed) {
			throw new IllegalArgumentException("A sandbox webhook is a JSON array of events");
		}
	}

	/**
	 * One event in JSON.
	 *
	 * @param id id of the event
	 * @param sendId id of the send
	 * @param event type of the event
	 * @param timestamp milliseconds since the epoch
	 * @param status enhanced status code of a bounce
	 * @param userAgent user agent of an open or click
	 */
	record SandboxEvent(String id, String sendId, String event, long timestamp, @Nullable String status,
			@Nullable String userAgent) {

		EspEvent toEspEvent() {
			return new EspEvent(this.id, SendId.of(this.sendId), Type.valueOf(this.event),
					Instant.ofEpochMilli(this.timestamp), this.status, this.userAgent);
		}

	}

}
