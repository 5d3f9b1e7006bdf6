package io.waypost.consent;

import java.util.List;

import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Answers per profile and topic, with their history and proof. */
@Component
public class Consents {

	/**
	 * Records answers; the newest by time of answer is in force. Each change also becomes
	 * a ledger entry.
	 * @param tenant whose people
	 * @param actor who recorded it, as the ledger shows it
	 * @param changes any number
	 */
	public void record(TenantId tenant, String actor, List<ConsentChange> changes) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The answers in force.
	 * @param tenant whose people
	 * @param profile who
	 * @return one for each topic ever answered
	 */
	public List<Consent> of(TenantId tenant, ProfileId profile) {
		throw new UnsupportedOperationException();
	}

}
