package io.waypost.identity.masterkey;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/**
 * Answers as AWS KMS ({@code Encrypt}, {@code Decrypt}) and as Vault's transit engine do:
 * a ciphertext is decrypted for the same key and context only. Its format is that of the
 * published API references.
 */
class KeyServiceStub implements ResponseDefinitionTransformerV2 {

	static final String NAME = "key-service";

	private static final ObjectMapper JSON = new ObjectMapper();

	private final Map<String, Plaintext> plaintexts = new ConcurrentHashMap<>();

	private final AtomicInteger failures = new AtomicInteger();

	private volatile int failure;

	void failNext(int times, int status) {
		this.failure = status;
		this.failures.set(times);
	}

	@Override
	public ResponseDefinition transform(ServeEvent event) {
		if (this.failures.getAndUpdate((left) -> Math.max(left - 1, 0)) > 0) {
			return json(this.failure, "{\"errors\":[\"permission denied\"],\"message\":\"permission denied\"}");
		}
		try {
			Request request = event.getRequest();
			JsonNode body = JSON.readTree(request.getBody());
			String target = request.getHeader("X-Amz-Target");
			return (target != null) ? kms(target, body) : transit(request.getUrl(), body);
		}
		catch (java.io.IOException ex) {
			return json(400, "{\"message\":\"no JSON\"}");
		}
	}

	private ResponseDefinition kms(String target, JsonNode body) {
		String key = body.path("KeyId").asText() + body.path("EncryptionContext");
		if (target.equals("TrentService.Encrypt")) {
			String blob = base64("blob-%d-of-an-aws-key".formatted(this.plaintexts.size()));
			this.plaintexts.put(blob, new Plaintext(key, body.path("Plaintext").asText()));
			return json(200, "{\"KeyId\":\"arn\",\"CiphertextBlob\":\"%s\"}".formatted(blob));
		}
		Plaintext found = this.plaintexts.get(body.path("CiphertextBlob").asText());
		return (found != null && found.key().equals(key))
				? json(200, "{\"KeyId\":\"arn\",\"Plaintext\":\"%s\"}".formatted(found.text()))
				: json(400, "{\"__type\":\"InvalidCiphertextException\"}");
	}

	private ResponseDefinition transit(String url, JsonNode body) {
		String[] path = url.split("/", -1);
		String key = path[path.length - 1] + body.path("associated_data");
		if (path[path.length - 2].equals("encrypt")) {
			String ciphertext = "vault:v1:"
					+ base64("ciphertext-%d-of-a-transit-key".formatted(this.plaintexts.size()));
			this.plaintexts.put(ciphertext, new Plaintext(key, body.path("plaintext").asText()));
			return json(200, "{\"data\":{\"ciphertext\":\"%s\",\"key_version\":1}}".formatted(ciphertext));
		}
		Plaintext found = this.plaintexts.get(body.path("ciphertext").asText());
		return (found != null && found.key().equals(key))
				? json(200, "{\"data\":{\"plaintext\":\"%s\"}}".formatted(found.text()))
				: json(400, "{\"errors\":[\"cipher: message authentication failed\"]}");
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static ResponseDefinition json(int status, String body) {
		return new ResponseDefinitionBuilder().withStatus(status)
			.withHeader("Content-Type", "application/json")
			.withBody(body)
			.build();
	}

	@Override
	public boolean applyGlobally() {
		return false;
	}

	@Override
	public String getName() {
		return NAME;
	}

	private record Plaintext(String key, String text) {
	}

}
