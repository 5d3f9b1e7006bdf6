package io.waypost.identity.masterkey;

/**
 * Encrypts (wraps) root keys. The key itself may stay in a key management service; then
 * each call is a request to it.
 */
public interface MasterKey {

	/**
	 * Returns what identifies the key in the database, in messages and in the ledger,
	 * without the key itself.
	 * @return for example {@code local:5f1c22ab} or {@code aws-kms:alias/waypost}
	 */
	String id();

	/**
	 * Encrypts a root key.
	 * @param version version of the root key; it cannot be decrypted as another version
	 * @param root the root key
	 * @return ciphertext
	 * @throws MasterKeyException when the service refuses or does not answer
	 */
	byte[] wrap(int version, byte[] root);

	/**
	 * Decrypts a root key.
	 * @param version version of the root key
	 * @param wrapped result of {@link #wrap}
	 * @return the root key
	 * @throws MasterKeyException when another key encrypted it, the ciphertext was
	 * changed, or the service refuses or does not answer
	 */
	byte[] unwrap(int version, byte[] wrapped);

}
