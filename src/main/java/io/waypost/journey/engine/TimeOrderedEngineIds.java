package io.waypost.journey.engine;

import io.waypost.kernel.IdGenerator;

/**
 * Version 7 UUIDs for the engine too: new rows go to the right edge of its many indexes.
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
