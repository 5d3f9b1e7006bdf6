package io.waypost.ingestion;

import java.util.function.Consumer;

import io.waypost.identity.PersonalRecords;
import io.waypost.identity.ProfileErased;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What happened to a person: exported and forgotten whole. What stays are the hashes of
 * message ids, so that a source that repeats an old message does not bring it back.
 */
@Component
@Order(30)
class PersonalEvents implements PersonalRecords {

	private static final int PAGE = 500;

	private final EventLog log;

	private final EventRows rows;

	private final DeadLetters letters;

	PersonalEvents(EventLog log, EventRows rows, DeadLetters letters) {
		this.log = log;
		this.rows = rows;
		this.letters = letters;
	}

	@Override
	public String section() {
		return "events";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> sink) {
		@Nullable String cursor = null;
		do {
			Page<Event> page = this.log.of(tenant, profile, PAGE, cursor);
			page.items().stream().map(EventView::of).forEach(sink);
			cursor = page.nextCursor();
		}
		while (cursor != null);
	}

	@EventListener
	@Order(30)
	void on(ProfileErased erased) {
		erased.count("events", this.rows.forget(erased.tenant(), erased.profiles()));
		erased.count("deadLetters", this.letters.forget(erased.tenant(), new Traces(erased.traces())));
	}

}
