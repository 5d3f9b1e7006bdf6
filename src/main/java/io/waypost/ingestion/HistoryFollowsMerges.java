package io.waypost.ingestion;

import java.util.List;
import java.util.UUID;

import io.waypost.identity.ProfilesMerged;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What happened to an absorbed profile happened to its survivor. */
@Component
class HistoryFollowsMerges {

	private final EventRows rows;

	HistoryFollowsMerges(EventRows rows) {
		this.rows = rows;
	}

	@EventListener
	@Order(30)
	void on(ProfilesMerged merged) {
		List<UUID> absorbed = merged.merges().stream().map((merge) -> merge.absorbed().value()).toList();
		List<UUID> survivors = merged.merges().stream().map((merge) -> merge.survivor().value()).toList();
		this.rows.follow(merged.tenant(), absorbed, survivors);
	}

}
