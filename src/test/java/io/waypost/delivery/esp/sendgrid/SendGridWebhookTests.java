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
import io.waypost.delivery.esp.EspReport;
import io.waypost.delivery.esp.EspReport.Kind;
import io.waypost.delivery.esp.ForgedWebhook;
import io.waypost.delivery.esp.WebhookPost;
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

	private final SendGridWebhook webhook = new SendGridWebhook(
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
			WebhookPost post = new WebhookPost("sendgrid", headers,
					vector.path("payload").asText().getBytes(StandardCharsets.UTF_8));
			SendGridWebhook reader = new SendGridWebhook(vector.path("public_key_base64_der").asText(), JSON);
			if (vector.path("valid").asBoolean()) {
				assertThat(reader.read(post)).as(vector.path("name").asText()).isNotEmpty();
			}
			else {
				assertThatThrownBy(() -> reader.read(post)).as(vector.path("name").asText())
					.isInstanceOf(ForgedWebhook.class);
			}
		}
	}

	/** An independent library's reading of the same requests is the yardstick. */
	@Test
	void agreesWithAnIndependentLibrary() throws IOException {
		Path file = DATA.resolve("anymail_webhooks_train.jsonl");
		assumeThat(file).as("recorded webhooks").exists();
		int compared = 0;
		for (String line : Files.readAllLines(file)) {
			JsonNode row = JSON.readTree(line);
			JsonNode expected = row.at("/expected/events");
			if (row.path("esp").asText().equals("sendgrid") && row.path("kind").asText().equals("tracking")) {
				List<EspReport> reports = this.webhook
					.parse(row.at("/request/body").asText().getBytes(StandardCharsets.UTF_8));
				for (JsonNode event : expected) {
					compared += compare(row.path("id").asText(), event, reports);
				}
			}
		}
		assertThat(compared).isGreaterThan(5);
	}

	private static int compare(String id, JsonNode event, List<EspReport> reports) {
		Kind[] kinds = kinds(event.path("event_type").asText());
		if (kinds.length == 0) {
			return 0;
		}
		EspReport report = reports.stream()
			.filter((candidate) -> candidate.eventId().equals(event.path("event_id").asText()))
			.findFirst()
			.orElseThrow(() -> new AssertionError(id + " was not read"));
		assertThat(report.kind()).as(id).isIn((Object[]) kinds);
		assertThat(report.at()).as(id).isEqualTo(OffsetDateTime.parse(event.path("timestamp").asText()).toInstant());
		if (event.path("user_agent").isTextual()) {
			assertThat(report.userAgent()).as(id).isEqualTo(event.path("user_agent").asText());
		}
		return 1;
	}

	private static Kind[] kinds(String type) {
		return switch (type) {
			case "queued" -> new Kind[] { Kind.PROCESSED };
			case "deferred" -> new Kind[] { Kind.DEFERRED };
			case "delivered" -> new Kind[] { Kind.DELIVERED };
			case "bounced" -> new Kind[] { Kind.BOUNCED, Kind.BLOCKED };
			case "rejected" -> new Kind[] { Kind.DROPPED };
			case "complained" -> new Kind[] { Kind.COMPLAINED };
			case "unsubscribed" -> new Kind[] { Kind.UNSUBSCRIBED };
			case "opened" -> new Kind[] { Kind.OPENED };
			case "clicked" -> new Kind[] { Kind.CLICKED };
			default -> new Kind[0];
		};
	}

	@Test
	void readsItsOwnSendId() throws Exception {
		String body = "[{\"event\":\"delivered\",\"timestamp\":1700000000,\"sg_event_id\":\"e1\","
				+ "\"send_id\":\"019aa000-0000-7000-8000-000000000001\"},{\"event\":\"open\",\"timestamp\":1,\"send_id\":\"x\"}]";
		List<EspReport> reports = this.webhook.read(signed(body));
		assertThat(reports).hasSize(2);
		assertThat(String.valueOf(reports.getFirst().send())).isEqualTo("019aa000-0000-7000-8000-000000000001");
		assertThat(reports.getLast().send()).as("no id of ours").isNull();
		assertThat(reports.getLast().eventId()).as("an event without id is its own id").startsWith("sha256:");
	}

	@Test
	void checksTheSignatureBeforeItParses() {
		WebhookPost unsigned = new WebhookPost("sendgrid", Map.of(), "not even json".getBytes(StandardCharsets.UTF_8));
		assertThatThrownBy(() -> this.webhook.read(unsigned)).isInstanceOf(ForgedWebhook.class);
	}

	@Test
	void noticesOneChangedByte() throws Exception {
		WebhookPost genuine = signed("[{\"event\":\"delivered\",\"timestamp\":1,\"sg_event_id\":\"e1\"}]");
		byte[] changed = genuine.body().clone();
		changed[5] ^= 1;
		assertThatThrownBy(() -> this.webhook.read(new WebhookPost("sendgrid", genuine.headers(), changed)))
			.isInstanceOf(ForgedWebhook.class);
	}

	@Test
	void saysWhatIsWrongWithAGenuineBody() throws Exception {
		assertThatThrownBy(() -> this.webhook.read(signed("{}"))).isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("JSON array");
		assertThatThrownBy(() -> this.webhook.read(signed("[{"))).isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("no JSON");
		assertThat(this.webhook.read(signed("[1,null,\"x\",{}]"))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "bounce,5.1.1,BOUNCED", "bounce,5.1.2,BOUNCED", "bounce,5.1.10,BOUNCED", "bounce,5.2.2,BLOCKED",
			"bounce,5.7.1,BLOCKED", "bounce,4.2.2,BLOCKED", "blocked,5.1.1,BLOCKED" })
	void suppressesOnlyAddressesThatDoNotExist(String type, String status, Kind kind) throws Exception {
		String body = "[{\"event\":\"bounce\",\"type\":\"%s\",\"status\":\"%s\",\"timestamp\":1,\"sg_event_id\":\"e\"}]"
			.formatted(type, status);
		assertThat(this.webhook.read(signed(body))).singleElement().extracting(EspReport::kind).isEqualTo(kind);
	}

	@Test
	void keepsAddressesOutOfReasons() throws Exception {
		String body = "[{\"event\":\"dropped\",\"reason\":\"Bounced Address ada@example.com\",\"timestamp\":1,"
				+ "\"sg_event_id\":\"e\",\"email\":\"ada@example.com\"}]";
		assertThat(this.webhook.read(signed(body)).toString()).doesNotContain("ada@example.com").contains("bounced");
	}

	private WebhookPost signed(String body) throws Exception {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return new WebhookPost("sendgrid", Map.of(SendGridWebhook.TIMESTAMP, "1700000000", SendGridWebhook.SIGNATURE,
				sign(this.keys.getPrivate(), "1700000000", bytes)), bytes);
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
