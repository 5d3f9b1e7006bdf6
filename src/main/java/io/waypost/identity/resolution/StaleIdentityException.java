package io.waypost.identity.resolution;

import org.springframework.dao.ConcurrencyFailureException;

/**
 * Another transaction changed the same profiles first; the caller must repeat its own.
 */
public class StaleIdentityException extends ConcurrencyFailureException {

	public StaleIdentityException(String what) {
		super(what + " was changed by another transaction; repeat this one");
	}

}
