package io.waypost.identity.masterkey;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A key of the transit secrets engine of HashiCorp Vault or OpenBao, which never leaves
 * it. The key's type must support associated data, as the default aes256-gcm96 does.
 */
final class VaultTransitMasterKey implements MasterKey {

	private final String address;

	private final String mount;

	private final String key;

	private final @Nullable String namespace;

	private final Supplier<String> token;

	private final ServiceClient service;

	VaultTransitMasterKey(VaultTransitSettings settings, Supplier<String> token, Duration pause) {
		this.address = settings.address().replaceFirst("/+$", "");
		this.mount = settings.mount();
		this.key = settings.key();
		this.namespace = settings.namespace();
		this.token = token;
		this.service = new ServiceClient("Vault", pause);
	}

	@Override
	public String id() {
		return "vault-transit:%s/%s".formatted(this.mount, this.key);
	}

	@Override
	public byte[] wrap(int version, byte[] root) {
		JsonNode body = call("encrypt",
				Map.of("plaintext", base64(root), "associated_data", base64(associated(version))));
		return body.at("/data/ciphertext").asText().getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public byte[] unwrap(int version, byte[] wrapped) {
		JsonNode body = call("decrypt", Map.of("ciphertext", new String(wrapped, StandardCharsets.UTF_8),
				"associated_data", base64(associated(version))));
		return Base64.getDecoder().decode(body.at("/data/plaintext").asText());
	}

	private JsonNode call(String operation, Map<String, String> body) {
		return this.service.send(() -> {
			HttpRequest.Builder request = HttpRequest
				.newBuilder(URI.create("%s/v1/%s/%s/%s".formatted(this.address, this.mount, operation, this.key)))
				.header("X-Vault-Token", this.token.get())
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofByteArray(ServiceClient.write(body)));
			return (this.namespace != null) ? request.header("X-Vault-Namespace", this.namespace) : request;
		});
	}

	private static byte[] associated(int version) {
		return ("waypost root key " + version).getBytes(StandardCharsets.UTF_8);
	}

	private static String base64(byte[] bytes) {
		return Base64.getEncoder().encodeToString(bytes);
	}

	@Override
	public String toString() {
		return id();
	}

}
