package io.waypost.identity;

import org.springframework.dao.ConcurrencyFailureException;

/** Another transaction changed the same people first: run this one again. */
class StaleIdentity extends ConcurrencyFailureException {

	StaleIdentity(String what) {
		super(what + " changed under this transaction; repeat it");
	}

}
