package io.waypost.identity.vault;

import java.util.random.RandomGenerator;

import io.waypost.access.SecretCipher;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Encrypts secrets of accounts with a key of their tenant. */
@Component
class AccountSecretCipher implements SecretCipher {

	private final Keyring keyring;

	private final RandomGenerator random;

	AccountSecretCipher(Keyring keyring, RandomGenerator random) {
		this.keyring = keyring;
		this.random = random;
	}

	@Override
	public byte[] seal(TenantId tenant, String purpose, byte[] clear) {
		return this.keyring.seal(KeyPurpose.ACCOUNT_SECRETS, tenant, purpose.getBytes(UTF_8), clear, this.random);
	}

	@Override
	public byte[] open(TenantId tenant, String purpose, byte[] sealed) {
		return this.keyring.open(KeyPurpose.ACCOUNT_SECRETS, tenant, purpose.getBytes(UTF_8), sealed);
	}

}
