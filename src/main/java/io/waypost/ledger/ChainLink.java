package io.waypost.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import io.waypost.kernel.Fingerprint;

/**
 * A link of the chain: {@code hash(n) = SHA-256(hash(n-1) || canonical JSON of entry n)};
 * hash(0) is 32 zero bytes.
 *
 * @param seq position in the chain, from 1; 0 is the empty chain
 * @param hash hash of all entries up to this one
 */
record ChainLink(long seq, byte[] hash) {

	static final ChainLink NONE = new ChainLink(0, new byte[32]);

	ChainLink append(StoredLedgerEntry entry) {
		byte[] json = CanonicalJson.of(entry).getBytes(StandardCharsets.UTF_8);
		return new ChainLink(this.seq + 1, Fingerprint.ofBytes(this.hash, json).bytes());
	}

	boolean matches(byte[] other) {
		return MessageDigest.isEqual(this.hash, other);
	}

}
