package io.waypost.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Result of verifying a whole chain.
 *
 * @param entries number of verified entries
 * @param valid whether each hash follows from the one before
 * @param head the newest hash in hexadecimal, null for an empty ledger
 * @param firstBroken the sequence number at which the chain breaks, null when valid
 */
public record LedgerVerification(long entries, boolean valid, @Nullable String head, @Nullable Long firstBroken) {

}
