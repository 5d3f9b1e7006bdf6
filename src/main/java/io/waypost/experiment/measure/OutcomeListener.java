package io.waypost.experiment.measure;

import java.util.ArrayList;
import java.util.List;

import io.waypost.experiment.assign.LivePhaseCache;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventsRecorded;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Adds outcomes to exposures, in the transaction that stores the events. It executes one
 * statement per batch, and none for tenants without a running experiment or for batches
 * without outcomes.
 */
@Component
class OutcomeListener {

	private final LivePhaseCache livePhases;

	private final OutcomeRepository repository;

	OutcomeListener(LivePhaseCache livePhases, OutcomeRepository repository) {
		this.livePhases = livePhases;
		this.repository = repository;
	}

	@EventListener
	@Order(45)
	void on(EventsRecorded recorded) {
		List<OutcomeEvent> outcomes = new ArrayList<>();
		for (Event event : recorded.events()) {
			OutcomeEvent outcome = OutcomeEvent.of(event);
			if (outcome != null) {
				outcomes.add(outcome);
			}
		}
		if (!outcomes.isEmpty() && this.livePhases.isMeasuring(recorded.tenant())) {
			this.repository.add(recorded.tenant(), outcomes);
		}
	}

}
