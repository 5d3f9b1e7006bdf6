package io.waypost.delivery.esp.sendgrid;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.delivery.esp.EspEvent;
import io.waypost.delivery.esp.EspEvent.Type;
import io.waypost.delivery.esp.WebhookRequest;
import io.waypost.delivery.esp.WebhookSignatureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

class SendGridWebhookTests {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final Path DATA = Path.of("../shared/data/esp_webhooks");

	private final KeyPair keys = keys();

	private final SendGridWebhookParser webhook = new SendGridWebhookParser(
			Base64.getEncoder().encodeToString(this.keys.getPublic().getEncoded()), JSON);

	@Test
	void agreesWithTheOfficialSignatureVectors() throws IOException {
		Path file = DATA.resolve("sendgrid_signature_vectors.json");
		assumeThat(file).as("SendGrid's signature vectors").exists();
		for (JsonNode vector : JSON.readTree(Files.readAllBytes(file))) {
			Map<String, String> headers = new HashMap<>();
			vector.path("headers")
				.fields()
				.forEachRemaining((header) -> headers.put(header.getKey(), header.getValue().asText()));
			WebhookRequest post = new WebhookRequest("sendgrid", headers,
					vector.path("payload").asText().getBytes(StandardCharsets.UTF_8));
			SendGridWebhookParser reader = new SendGridWebhookParser(vector.path("public_key_base64_der").asText(),
					JSON);
			if (vector.path("valid").asBoolean()) {
				assertThat(reader.parse(post)).as(vector.path("name").asText()).isNotEmpty();
			}
			else {
				assertThatThrownBy(() -> reader.parse(post)).as(vector.path("name").asText())
					.isInstanceOf(WebhookSignatureException.class);
			}
		}
	}

	/** Compares with an independent library's reading of the same requests. */
	@Test
	void agreesWithAnIndependentLibrary() throws IOException {
		Path file = DATA.resolve("anymail_webhooks_train.jsonl");
		assumeThat(file).as("recorded webhooks").exists();
		int compared = 0;
		for (String line : Files.readAllLines(file)) {
			JsonNode row = JSON.readTree(line);
			JsonNode expected = row.at("/expected/events");
			if (row.path("esp").asText().equals("sendgrid") && row.path("kind").asText().equals("tracking")) {
				List<EspEvent> reports = this.webhook
					.parseBody(row.at("/request/body").asText().getBytes(StandardCharsets.UTF_8));
				for (JsonNode event : expected) {
					compared += compare(row.path("id").asText(), event, reports);
				}
			}
		}
		assertThat(compared).isGreaterThan(5);
	}

	private static int compare(String id, JsonNode event, List<EspEvent> reports) {
		Type[] kinds = kinds(event.path("event_type").asText());
		if (kinds.length == 0) {
			return 0;
		}
		EspEvent report = reports.stream()
			.filter((candidate) -> candidate.eventId().equals(event.path("event_id").asText()))
			.findFirst()
			.orElseThrow(() -> new AssertionError(id + " was not read"));
		assertThat(report.type()).as(id).isIn((Object[]) kinds);
		assertThat(report.at()).as(id).isEqualTo(OffsetDateTime.parse(event.path("timestamp").asText()).toInstant());
		if (event.path("user_agent").isTextual()) {
			assertThat(report.userAgent()).as(id).isEqualTo(event.path("user_agent").asText());
		}
		return 1;
	}

	private static Type[] kinds(String type) {
		return switch (type) {
			case "queued" -> new Type[] { Type.PROCESSED };
			case "deferred" -> new Type[] { Type.DEFERRED };
			case "delivered" -> new Type[] { Type.DELIVERED };
			case "bounced" -> new Type[] { Type.BOUNCED, Type.BLOCKED };
			case "rejected" -> new Type[] { Type.DROPPED };
			case "complained" -> new Type[] { Type.COMPLAINED };
			case "unsubscribed" -> new Type[] { Type.UNSUBSCRIBED };
			case "opened" -> new Type[] { Type.OPENED };
			case "clicked" -> new Type[] { Type.CLICKED };
			default -> new Type[0];
		};
	}

	@Test
	void readsTheSendId() throws Exception {
		String body = "[{\"event\":\"delivered\",\"timestamp\":1700000000,\"sg_event_id\":\"e1\","
				+ "\"send_id\":\"019aa000-0000-7000-8000-000000000001\"},{\"event\":\"open\",\"timestamp\":1,\"send_id\":\"x\"}]";
		List<EspEvent> reports = this.webhook.parse(signed(body));
		assertThat(reports).hasSize(2);
		assertThat(String.valueOf(reports.getFirst().send())).isEqualTo("019aa000-0000-7000-8000-000000000001");
		assertThat(reports.getLast().send()).as("unknown format of the send id").isNull();
		assertThat(reports.getLast().eventId()).as("an event without id gets its hash as id").startsWith("sha256:");
	}

	@Test
	void checksTheSignatureBeforeItParses() {
		WebhookRequest unsigned = new WebhookRequest("sendgrid", Map.of(),
				"not even json".getBytes(StandardCharsets.UTF_8));
		assertThatThrownBy(() -> this.webhook.parse(unsigned)).isInstanceOf(WebhookSignatureException.class);
	}

	@Test
	void detectsOneChangedByte() throws Exception {
		WebhookRequest signed = signed("[{\"event\":\"delivered\",\"timestamp\":1,\"sg_event_id\":\"e1\"}]");
		byte[] changed = signed.body().clone();
		changed[5] ^= 1;
		assertThatThrownBy(() -> this.webhook.parse(new WebhookRequest("sendgrid", signed.headers(), changed)))
			.isInstanceOf(WebhookSignatureException.class);
	}

	@Test
	void explainsWhatIsWrongWithASignedBody() throws Exception {
		assertThatThrownBy(() -> this.webhook.parse(signed("{}"))).isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("JSON array");
		assertThatThrownBy(() -> this.webhook.parse(signed("[{"))).isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("not JSON");
		assertThat(this.webhook.parse(signed("[1,null,\"x\",{}]"))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "bounce,5.1.1,BOUNCED", "bounce,5.1.2,BOUNCED", "bounce,5.1.10,BOUNCED", "bounce,5.2.2,BLOCKED",
			"bounce,5.7.1,BLOCKED", "bounce,4.2.2,BLOCKED", "blocked,5.1.1,BLOCKED" })
	void suppressesOnlyAddressesThatDoNotExist(String type, String status, Type kind) throws Exception {
		String body = "[{\"event\":\"bounce\",\"type\":\"%s\",\"status\":\"%s\",\"timestamp\":1,\"sg_event_id\":\"e\"}]"
			.formatted(type, status);
		assertThat(this.webhook.parse(signed(body))).singleElement().extracting(EspEvent::type).isEqualTo(kind);
	}

	@Test
	void removesAddressesFromReasons() throws Exception {
		String body = "[{\"event\":\"dropped\",\"reason\":\"Bounced Address ada@example.com\",\"timestamp\":1,"
				+ "\"sg_event_id\":\"e\",\"email\":\"ada@example.com\"}]";
		assertThat(this.webhook.parse(signed(body)).toString()).doesNotContain("ada@example.com").contains("bounced");
	}

	private WebhookRequest signed(String body) throws Exception {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return new WebhookRequest("sendgrid", Map.of(SendGridWebhookParser.TIMESTAMP, "1700000000",
				SendGridWebhookParser.SIGNATURE, sign(this.keys.getPrivate(), "1700000000", bytes)), bytes);
	}

	private static String sign(PrivateKey key, String timestamp, byte[] body) throws Exception {
		Signature signer = Signature.getInstance("SHA256withECDSA");
		signer.initSign(key);
		signer.update(timestamp.getBytes(StandardCharsets.UTF_8));
		signer.update(body);
		return Base64.getEncoder().encodeToString(signer.sign());
	}

	private static KeyPair keys() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			return generator.generateKeyPair();
		}
		catch (Exception impossible) {
			throw new IllegalStateException(impossible);
		}
	}

}
