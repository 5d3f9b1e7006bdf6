package io.waypost.ingestion.store;

import java.util.List;
import java.util.UUID;

import io.waypost.identity.ProfilesMerged;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Moves events of merged profiles to their survivors. */
@Component
class EventMergeListener {

	private final EventRepository repository;

	EventMergeListener(EventRepository repository) {
		this.repository = repository;
	}

	@EventListener
	@Order(30)
	void on(ProfilesMerged merged) {
		List<UUID> absorbed = merged.merges().stream().map((merge) -> merge.absorbed().value()).toList();
		List<UUID> survivors = merged.merges().stream().map((merge) -> merge.survivor().value()).toList();
		this.repository.moveToSurvivors(merged.tenant(), absorbed, survivors);
	}

}
