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

/** Reads what {@link SandboxEventPublisher} posts. */
class SandboxWebhookParser implements EspWebhookParser {

	private final SandboxWebhookSigner signature;

	private final ObjectMapper json;

	SandboxWebhookParser(SandboxWebhookSigner signature, ObjectMapper json) {
		this.signature = signature;
		this.json = json;
	}

	@Override
	public List<EspEvent> parse(WebhookRequest post) {
		String signed = post.header(SandboxWebhookSigner.HEADER);
		if (signed == null || !this.signature.matches(post.body(), signed)) {
			throw new WebhookSignatureException("Signature does not match the body");
		}
		try {
			return this.json.readValue(post.body(), new TypeReference<List<SandboxEvent>>() {
			}).stream().map(SandboxEvent::report).toList();
		}
		catch (IOException malformed) {
			throw new IllegalArgumentException("A sandbox webhook is a JSON array of events");
		}
	}

	/**
	 * One event on the wire.
	 *
	 * @param id of the report
	 * @param sendId which send
	 * @param event our own word for it
	 * @param timestamp milliseconds since the epoch
	 * @param status enhanced status code of a bounce
	 * @param userAgent who opened or clicked
	 */
	record SandboxEvent(String id, String sendId, String event, long timestamp, @Nullable String status,
			@Nullable String userAgent) {

		EspEvent report() {
			return new EspEvent(this.id, SendId.of(this.sendId), Type.valueOf(this.event),
					Instant.ofEpochMilli(this.timestamp), this.status, this.userAgent);
		}

	}

}
