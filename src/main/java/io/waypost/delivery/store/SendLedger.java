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
 * Ledger entries about many sends at once. An entry names each of its sends, and each
 * send names its entries: every message stays provable at the price of two ids instead of
 * four rows.
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
	 * Records in the caller's transaction, which also has to put the entry's id into the
	 * rows of the sends.
	 * @param tenant whose
	 * @param kind what happened
	 * @param record id of the entry
	 * @param sends ids of sends by what became of them; none means no entry
	 * @param facts what holds for all of them
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
	 * Finds what is on record about a send, oldest first.
	 * @param tenant whose
	 * @param send which
	 * @param records the entries it shares with others
	 * @return its own entries and those, which tell of it alone
	 */
	public List<LedgerEntry> about(TenantId tenant, SendId send, List<UUID> records) {
		List<LedgerEntry> entries = new ArrayList<>(this.ledger.findBySubject(tenant, "send:" + send));
		for (UUID record : records) {
			this.ledger.findBySubject(tenant, subject(record)).forEach((entry) -> entries.add(of(send, entry)));
		}
		entries.sort((one, other) -> one.at().compareTo(other.at()));
		return entries;
	}

	/** Whether all entries about a send are those that were chained. */
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
