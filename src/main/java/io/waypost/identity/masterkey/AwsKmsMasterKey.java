package io.waypost.identity.masterkey;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A symmetric key of AWS KMS, which never leaves it. Needs the permissions
 * {@code kms:Encrypt} and {@code kms:Decrypt}.
 */
final class AwsKmsMasterKey implements MasterKey {

	private final String keyId;

	private final URI endpoint;

	private final AwsRequestSigner signer;

	private final Supplier<AwsCredentials> credentials;

	private final ServiceClient service;

	AwsKmsMasterKey(AwsKmsSettings settings, Supplier<AwsCredentials> credentials, Clock clock, Duration pause) {
		this.keyId = settings.keyId();
		String endpoint = settings.endpoint();
		this.endpoint = URI.create(((endpoint != null) ? endpoint.replaceFirst("/+$", "")
				: "https://kms.%s.amazonaws.com".formatted(settings.region())) + "/");
		this.signer = new AwsRequestSigner(settings.region(), "kms", clock);
		this.credentials = credentials;
		this.service = new ServiceClient("AWS KMS", pause);
	}

	@Override
	public String id() {
		return "aws-kms:" + this.keyId;
	}

	@Override
	public byte[] wrap(int version, byte[] root) {
		return bytes(call("Encrypt", version, "Plaintext", root), "CiphertextBlob");
	}

	@Override
	public byte[] unwrap(int version, byte[] wrapped) {
		return bytes(call("Decrypt", version, "CiphertextBlob", wrapped), "Plaintext");
	}

	private JsonNode call(String operation, int version, String field, byte[] bytes) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("KeyId", this.keyId);
		body.put(field, Base64.getEncoder().encodeToString(bytes));
		body.put("EncryptionContext", Map.of("waypost:root-key", String.valueOf(version)));
		byte[] json = ServiceClient.write(body);
		return this.service.send(() -> {
			Map<String, String> headers = new LinkedHashMap<>();
			headers.put("Content-Type", "application/x-amz-json-1.1");
			headers.put("X-Amz-Target", "TrentService." + operation);
			HttpRequest.Builder request = HttpRequest.newBuilder(this.endpoint)
				.POST(HttpRequest.BodyPublishers.ofByteArray(json));
			this.signer.sign("POST", this.endpoint, headers, json, this.credentials.get()).forEach(request::header);
			return request;
		});
	}

	private static byte[] bytes(JsonNode body, String field) {
		return Base64.getDecoder().decode(body.path(field).asText());
	}

	@Override
	public String toString() {
		return id();
	}

}
