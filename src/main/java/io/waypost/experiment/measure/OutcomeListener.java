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
 * Puts what people do beside what they were sent, inside the transaction that stores the
 * events: nothing while the tenant measures nothing, nothing for events that are no
 * outcome, else one statement for the whole batch.
 */
@Component
public class OutcomeListener {

	private final LivePhaseCache live;

	private final OutcomeRepository rows;

	public OutcomeListener(LivePhaseCache live, OutcomeRepository rows) {
		this.live = live;
		this.rows = rows;
	}

	@EventListener
	@Order(45)
	public void on(EventsRecorded recorded) {
		List<OutcomeEvent> outcomes = new ArrayList<>();
		for (Event event : recorded.events()) {
			OutcomeEvent outcome = OutcomeEvent.of(event);
			if (outcome != null) {
				outcomes.add(outcome);
			}
		}
		if (!outcomes.isEmpty() && this.live.isMeasuring(recorded.tenant())) {
			this.rows.add(recorded.tenant(), outcomes);
		}
	}

}
