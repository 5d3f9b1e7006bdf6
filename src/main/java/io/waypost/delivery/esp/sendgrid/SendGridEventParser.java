package io.waypost.delivery.esp.sendgrid;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.delivery.esp.EspEvent;
import io.waypost.delivery.esp.EspEvent.Type;
import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/** Translates one event of SendGrid's Event Webhook. */
final class SendGridEventParser {

	private SendGridEventParser() {
	}

	/**
	 * Parses an event. Returns empty for event types that Waypost does not use, such as
	 * resubscribes and account changes.
	 */
	static Optional<EspEvent> parse(JsonNode event) {
		Type kind = kind(event);
		if (kind == null) {
			return Optional.empty();
		}
		Instant at = Instant.ofEpochSecond(event.path("timestamp").asLong());
		return Optional
			.of(new EspEvent(eventId(event), sendId(event), kind, at, reason(event, kind), text(event, "useragent")));
	}

	private static @Nullable Type kind(JsonNode event) {
		return switch (event.path("event").asText()) {
			case "processed" -> Type.PROCESSED;
			case "deferred" -> Type.DEFERRED;
			case "delivered" -> Type.DELIVERED;
			case "bounce" -> isPermanent(event) ? Type.BOUNCED : Type.BLOCKED;
			case "blocked" -> Type.BLOCKED;
			case "dropped" -> Type.DROPPED;
			case "spamreport" -> Type.COMPLAINED;
			case "unsubscribe", "group_unsubscribe" -> Type.UNSUBSCRIBED;
			case "open" -> Type.OPENED;
			case "click" -> Type.CLICKED;
			default -> null;
		};
	}

	/**
	 * Classifies bounces. Only a mailbox that does not exist is a hard bounce. Bounces
	 * for reputation, content or a full mailbox (5.2.2, 5.7.x, 4.x) never suppress an
	 * address.
	 */
	private static boolean isPermanent(JsonNode event) {
		if ("blocked".equals(event.path("type").asText())) {
			return false;
		}
		String status = event.path("status").asText().strip();
		if (status.matches("5\\.1\\.(0|1|2|3|6|10)") || status.matches("5\\.(0|4)\\.\\d+") || status.isEmpty()) {
			return true;
		}
		return "Invalid Address".equals(event.path("bounce_classification").asText());
	}

	private static @Nullable String reason(JsonNode event, Type kind) {
		return switch (kind) {
			case DROPPED -> dropReason(event.path("reason").asText());
			case BOUNCED, BLOCKED, DEFERRED -> status(event);
			default -> null;
		};
	}

	private static @Nullable String status(JsonNode event) {
		String status = event.path("status").asText().strip();
		return status.matches("\\d(\\.\\d{1,3}){2}") ? status : null;
	}

	/**
	 * Maps the provider's free text to a code, because the text may contain an address.
	 */
	private static String dropReason(String text) {
		String lower = text.toLowerCase(Locale.ROOT);
		if (lower.startsWith("bounced address") || lower.startsWith("invalid")) {
			return "bounced";
		}
		if (lower.startsWith("spam reporting")) {
			return "complained";
		}
		return lower.startsWith("unsubscribed") ? "unsubscribed" : "other";
	}

	private static @Nullable SendId sendId(JsonNode event) {
		try {
			String id = text(event, SendGridMailBuilder.SEND_ID);
			return (id == null) ? null : SendId.of(id);
		}
		catch (IllegalArgumentException foreign) {
			return null;
		}
	}

	/**
	 * Returns the event id. Some events have none; then it is the hash of the event, so
	 * that a repeated event is recognised.
	 */
	private static String eventId(JsonNode event) {
		String id = text(event, "sg_event_id");
		return (id != null && !id.isBlank() && id.length() <= 200) ? id : "sha256:" + sha256(event.toString());
	}

	private static String sha256(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

	private static @Nullable String text(JsonNode event, String field) {
		JsonNode value = event.path(field);
		return value.isTextual() ? value.textValue() : null;
	}

}
