package io.waypost.delivery.esp.sendgrid;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.delivery.esp.EspEvent;
import io.waypost.delivery.esp.EspWebhookParser;
import io.waypost.delivery.esp.WebhookRequest;
import io.waypost.delivery.esp.WebhookSignatureException;

/**
 * Verifies and parses the signed Event Webhook: ECDSA P-256 with SHA-256 over timestamp
 * and raw body.
 */
class SendGridWebhookParser implements EspWebhookParser {

	static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";

	static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";

	private final PublicKey key;

	private final ObjectMapper json;

	SendGridWebhookParser(String publicKey, ObjectMapper json) {
		this.key = readKey(publicKey);
		this.json = json;
	}

	private static PublicKey readKey(String base64) {
		try {
			byte[] der = Base64.getDecoder().decode(base64.strip());
			return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
		}
		catch (GeneralSecurityException | IllegalArgumentException malformed) {
			throw new IllegalStateException("waypost.esp[n].webhook-key is not a base64 DER public key on P-256; copy "
					+ "the verification key from SendGrid's Mail Settings, Event Webhook", malformed);
		}
	}

	@Override
	public List<EspEvent> parse(WebhookRequest post) {
		if (!isValid(post)) {
			throw new WebhookSignatureException("Signature does not match timestamp and body");
		}
		return parseBody(post.body());
	}

	private boolean isValid(WebhookRequest post) {
		String signature = post.header(SIGNATURE);
		String timestamp = post.header(TIMESTAMP);
		if (signature == null || timestamp == null) {
			return false;
		}
		try {
			Signature verifier = Signature.getInstance("SHA256withECDSA");
			verifier.initVerify(this.key);
			verifier.update(timestamp.getBytes(StandardCharsets.UTF_8));
			verifier.update(post.body());
			return verifier.verify(Base64.getDecoder().decode(signature));
		}
		catch (GeneralSecurityException | IllegalArgumentException malformed) {
			return false;
		}
	}

	List<EspEvent> parseBody(byte[] body) {
		JsonNode events = readTree(body);
		if (!events.isArray()) {
			throw new IllegalArgumentException(
					"A SendGrid webhook is a JSON array of events, but this is " + events.getNodeType());
		}
		List<EspEvent> reports = new ArrayList<>();
		events.forEach((event) -> SendGridEventParser.parse(event).ifPresent(reports::add));
		return reports;
	}

	private JsonNode readTree(byte[] body) {
		try {
			return this.json.readTree(body);
		}
		catch (IOException malformed) {
			throw new IllegalArgumentException("A SendGrid webhook is a JSON array of events, but this is not JSON");
		}
	}

}
