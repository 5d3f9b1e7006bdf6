package io.waypost.ingestion.store;

import java.util.function.Consumer;

import io.waypost.identity.PersonalRecords;
import io.waypost.identity.ProfileErased;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventLog;
import io.waypost.ingestion.EventView;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Exports and erases the events of a person. The hashes of message ids stay, so that a
 * source that repeats an old message does not restore it.
 */
@Component
@Order(30)
class EventPersonalData implements PersonalRecords {

	private static final int PAGE_SIZE = 500;

	private final EventLog log;

	private final EventRepository repository;

	EventPersonalData(EventLog log, EventRepository repository) {
		this.log = log;
		this.repository = repository;

	}

	@Override
	public String section() {
		return "events";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> sink) {
		@Nullable String cursor = null;
		do {
			Page<Event> page = this.log.of(tenant, profile, PAGE_SIZE, cursor);
			page.items().stream().map(EventView::of).forEach(sink);
			cursor = page.nextCursor();
		}
		while (cursor != null);
	}

	@EventListener
	@Order(30)
	void on(ProfileErased erased) {
		erased.count("events", this.repository.delete(erased.tenant(), erased.profiles()));

	}

}
