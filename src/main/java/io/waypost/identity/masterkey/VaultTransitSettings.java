package io.waypost.identity.masterkey;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The master key in HashiCorp Vault or OpenBao.
 *
 * @param address address of the server, for example
 * {@code https://vault.example.com:8200}
 * @param key name of the transit key
 * @param mount path of the transit secrets engine
 * @param namespace namespace of Vault Enterprise
 * @param token token with the right to encrypt and decrypt with the key
 * @param tokenFile file with the token, read for each request, so that an agent can renew
 * it
 */
public record VaultTransitSettings(String address, @DefaultValue("waypost") String key,
		@DefaultValue("transit") String mount, @Nullable String namespace, @Nullable String token,
		@Nullable Path tokenFile) {

	@Override
	public String toString() {
		return "VaultTransitSettings[address=%s, key=%s]".formatted(this.address, this.key);
	}

}
