package io.waypost.access;

import io.waypost.kernel.TenantId;

/**
 * Encrypts secrets of accounts that must be readable again. The module {@code identity}
 * implements it with a key that it derives from the master key of the vault.
 */
public interface SecretCipher {

	/**
	 * Encrypts a secret.
	 * @param tenant tenant of the account
	 * @param purpose what the secret is for, with the account; it cannot be decrypted for
	 * another purpose
	 * @param clear the secret
	 * @return nonce and ciphertext
	 */
	byte[] seal(TenantId tenant, String purpose, byte[] clear);

	/**
	 * Decrypts a secret.
	 * @param tenant tenant of the account
	 * @param purpose the purpose it was encrypted for
	 * @param sealed nonce and ciphertext
	 * @return the secret
	 * @throws IllegalStateException when key, purpose or ciphertext differ
	 */
	byte[] open(TenantId tenant, String purpose, byte[] sealed);

}
