package io.waypost.delivery.esp.sandbox;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.delivery.esp.EspReport;
import io.waypost.delivery.esp.EspReport.Kind;
import io.waypost.delivery.esp.EspWebhook;
import io.waypost.delivery.esp.ForgedWebhook;
import io.waypost.delivery.esp.WebhookPost;
import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SandboxReports} posts. */
class SandboxWebhook implements EspWebhook {

	private final SandboxSignature signature;

	private final ObjectMapper json;

	SandboxWebhook(SandboxSignature signature, ObjectMapper json) {
		this.signature = signature;
		this.json = json;
	}

	@Override
	public List<EspReport> read(WebhookPost post) {
		String signed = post.header(SandboxSignature.HEADER);
		if (signed == null || !this.signature.matches(post.body(), signed)) {
			throw new ForgedWebhook("Signature does not match the body");
		}
		try {
			return this.json.readValue(post.body(), new TypeReference<List<Line>>() {
			}).stream().map(Line::report).toList();
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
	record Line(String id, String sendId, String event, long timestamp, @Nullable String status,
			@Nullable String userAgent) {

		EspReport report() {
			return new EspReport(this.id, SendId.of(this.sendId), Kind.valueOf(this.event),
					Instant.ofEpochMilli(this.timestamp), this.status, this.userAgent);
		}

	}

}
