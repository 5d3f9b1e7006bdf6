package io.waypost.delivery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Entry;
import io.waypost.ledger.Ledger;

import org.springframework.stereotype.Component;

/**
 * Ledger entries about many sends at once. An entry names each of its sends, and each
 * send names its entries: every message stays provable at the price of two ids instead of
 * four rows.
 */
@Component
class SendRecords {

	private static final String SENDS = "sends";

	private final Ledger ledger;

	private final Clock clock;

	SendRecords(Ledger ledger, Clock clock) {
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
	void record(TenantId tenant, String kind, UUID record, Map<String, List<String>> sends, Map<String, Object> facts) {
		if (!sends.isEmpty()) {
			Map<String, Object> all = new HashMap<>(facts);
			all.put(SENDS, sends);
			this.ledger.record(List.of(new Entry(tenant, this.clock.instant(), kind, subject(record), "system", all)));
		}
	}

	/**
	 * Finds what is on record about a send, oldest first.
	 * @param tenant whose
	 * @param send which
	 * @param records the entries it shares with others
	 * @return its own entries and those, which tell of it alone
	 */
	List<Entry> about(TenantId tenant, SendId send, List<UUID> records) {
		List<Entry> entries = new ArrayList<>(this.ledger.about(tenant, "send:" + send));
		for (UUID record : records) {
			this.ledger.about(tenant, subject(record)).forEach((entry) -> entries.add(of(send, entry)));
		}
		entries.sort((one, other) -> one.at().compareTo(other.at()));
		return entries;
	}

	/** Whether all entries about a send are those that were chained. */
	boolean verify(TenantId tenant, SendId send, List<UUID> records) {
		return this.ledger.verify(tenant, "send:" + send)
				&& records.stream().allMatch((record) -> this.ledger.verify(tenant, subject(record)));
	}

	private static Entry of(SendId send, Entry shared) {
		Map<String, Object> facts = new HashMap<>(shared.facts());
		if (facts.remove(SENDS) instanceof Map<?, ?> sends) {
			sends.forEach((decision, ids) -> {
				if (ids instanceof List<?> named && named.contains(send.toString())) {
					facts.put("decision", decision);
				}
			});
		}
		return new Entry(shared.tenant(), shared.at(), shared.kind(), shared.subject(), shared.actor(), facts);
	}

	private static String subject(UUID record) {
		return "sends:" + record;
	}

}
