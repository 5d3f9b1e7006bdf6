package io.waypost.ledger;

import java.util.List;

import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** The append-only, hash-chained record. */
@Component
public class Ledger {

	/**
	 * Records entries in the caller's transaction; they are chained shortly afterwards.
	 * @param entries what happened, in order
	 */
	public void record(List<Entry> entries) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Finds what is on record about a subject, oldest first.
	 * @param tenant whose ledger
	 * @param subject {@code type:id}
	 * @return the entries
	 */
	public List<Entry> about(TenantId tenant, String subject) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Chains what is still waiting, then recomputes every hash of the tenant's chain.
	 * @param tenant whose ledger
	 * @return what was found
	 */
	public Verification verify(TenantId tenant) {
		throw new UnsupportedOperationException();
	}

}
