package io.waypost.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A place in the chain:
 * {@code hash(n) = SHA-256(hash(n-1) || canonical JSON of entry n)}, from 32 zero bytes
 * on.
 *
 * @param seq place, from 1 on; 0 is the empty chain
 * @param hash of everything up to here
 */
record ChainLink(long seq, byte[] hash) {

	static final ChainLink NONE = new ChainLink(0, new byte[32]);

	ChainLink append(StoredLedgerEntry entry) {
		MessageDigest digest = sha256();
		digest.update(this.hash);
		digest.update(CanonicalJson.of(entry).getBytes(StandardCharsets.UTF_8));
		return new ChainLink(this.seq + 1, digest.digest());
	}

	boolean matches(byte[] other) {
		return MessageDigest.isEqual(this.hash, other);
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
