package io.waypost.delivery.store;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.stereotype.Component;

/**
 * Records ledger entries about many sends at once. An entry names each of its sends, and
 * each send refers to its entries. So every message stays provable with two ids instead
 * of four rows.
 */
@Component
public class SendLedger {

	private static final String SENDS = "sends";

	private final Ledger ledger;

	private final Clock clock;

	public SendLedger(Ledger ledger, Clock clock) {
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Records an entry in the caller's transaction. The caller stores the entry's id in
	 * the rows of the sends.
	 * @param tenant tenant of the sends
	 * @param kind what happened
	 * @param record id of the entry
	 * @param sends ids of the sends by decision; nothing is recorded when it is empty
	 * @param facts facts that hold for all of them
	 */
	public void record(TenantId tenant, String kind, UUID record, Map<String, List<String>> sends,
			Map<String, Object> facts) {
		if (!sends.isEmpty()) {
			Map<String, Object> all = new HashMap<>(facts);
			all.put(SENDS, sends);
			this.ledger
				.record(List.of(new LedgerEntry(tenant, this.clock.instant(), kind, subject(record), "system", all)));
		}
	}

	/**
	 * Finds the entries about a send, oldest first.
	 * @param tenant tenant of the send
	 * @param send id of the send
	 * @param records ids of entries that it shares with other sends
	 * @return its own entries and the shared ones, reduced to this send
	 */
	public List<LedgerEntry> about(TenantId tenant, SendId send, List<UUID> records) {
		List<LedgerEntry> entries = new ArrayList<>(this.ledger.findBySubject(tenant, "send:" + send));
		for (UUID record : records) {
			this.ledger.findBySubject(tenant, subject(record)).forEach((entry) -> entries.add(of(send, entry)));
		}
		entries.sort((first, second) -> first.at().compareTo(second.at()));
		return entries;
	}

	/** Returns whether all entries about a send are unchanged. */
	public boolean verify(TenantId tenant, SendId send, List<UUID> records) {
		return this.ledger.verify(tenant, "send:" + send)
				&& records.stream().allMatch((record) -> this.ledger.verify(tenant, subject(record)));
	}

	private static LedgerEntry of(SendId send, LedgerEntry shared) {
		Map<String, Object> facts = new HashMap<>(shared.facts());
		if (facts.remove(SENDS) instanceof Map<?, ?> sends) {
			sends.forEach((decision, ids) -> {
				if (ids instanceof List<?> named && named.contains(send.toString())) {
					facts.put("decision", decision);
				}
			});
		}
		return new LedgerEntry(shared.tenant(), shared.at(), shared.kind(), shared.subject(), shared.actor(), facts);
	}

	private static String subject(UUID record) {
		return "sends:" + record;
	}

}
