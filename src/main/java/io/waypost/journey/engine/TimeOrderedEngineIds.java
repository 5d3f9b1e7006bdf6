package io.waypost.journey.engine;

import io.waypost.kernel.IdGenerator;

/**
 * Gives the engine version 7 UUIDs: time-ordered ids append to the right edge of its
 * indexes.
 */
final class TimeOrderedEngineIds implements org.camunda.bpm.engine.impl.cfg.IdGenerator {

	private final IdGenerator ids;

	TimeOrderedEngineIds(IdGenerator ids) {
		this.ids = ids;
	}

	@Override
	public String getNextId() {
		return this.ids.next().toString();
	}

}
