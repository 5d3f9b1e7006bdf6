package io.waypost.kernel;

import java.util.UUID;

/** Source of new ids, injected so that tests can fix them. */
@FunctionalInterface
public interface IdGenerator {

	/**
	 * Makes an id that was never handed out before.
	 * @return a UUID that sorts by creation time (version 7)
	 */
	UUID next();

}
