package io.waypost.identity.resolution;

import org.springframework.dao.ConcurrencyFailureException;

/** Another transaction changed the same people first: run this one again. */
public class StaleIdentityException extends ConcurrencyFailureException {

	public StaleIdentityException(String what) {
		super(what + " changed under this transaction; repeat it");
	}

}
