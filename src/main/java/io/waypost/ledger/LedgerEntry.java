package io.waypost.ledger;

import java.time.Instant;
import java.util.Map;

import io.waypost.kernel.TenantId;

/**
 * One fact that must stay provable.
 *
 * @param tenant owner of the fact
 * @param at when it happened
 * @param kind what happened, dotted and in past tense: {@code send.accepted}, {@code
 * consent.revoked}, {@code review.approved}, {@code table.deployed}
 * @param subject object of the fact as {@code type:id}, for example {@code send:018f…};
 * never personal data
 * @param actor who or what decided: {@code user:anna}, {@code agent:guardrail}, {@code
 * system}
 * @param facts ids, counts, flags and versions; never content or personal data
 */
public record LedgerEntry(TenantId tenant, Instant at, String kind, String subject, String actor,
		Map<String, Object> facts) {

	public LedgerEntry {
		facts = Map.copyOf(facts);
	}

}
