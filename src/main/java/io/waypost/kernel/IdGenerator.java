package io.waypost.kernel;

import java.util.UUID;

/** Generates ids. It is injected, so that tests can use fixed ids. */
@FunctionalInterface
public interface IdGenerator {

	/**
	 * Generates a new id.
	 * @return a unique UUID that sorts by creation time (version 7)
	 */
	UUID next();

}
