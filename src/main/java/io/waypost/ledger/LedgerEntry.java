package io.waypost.ledger;

import java.time.Instant;
import java.util.Map;

import io.waypost.kernel.TenantId;

/**
 * One fact that must stay provable.
 *
 * @param tenant whose fact it is
 * @param at when it happened
 * @param kind what happened, dotted and past tense: {@code send.accepted},
 * {@code consent.revoked}, {@code review.approved}, {@code table.deployed}
 * @param subject what it is about, as {@code type:id}: {@code send:018f…}; never personal
 * data
 * @param actor who or what decided: {@code user:anna}, {@code agent:guardrail},
 * {@code system}
 * @param facts ids, counts, flags and versions; never content, never personal data
 */
public record LedgerEntry(TenantId tenant, Instant at, String kind, String subject, String actor,
		Map<String, Object> facts) {

	public LedgerEntry {
		facts = Map.copyOf(facts);
	}

}
