package io.waypost.ingestion.store;

import java.util.function.Consumer;

import io.waypost.identity.PersonalRecords;
import io.waypost.identity.ProfileErased;
import io.waypost.ingestion.Event;
import io.waypost.ingestion.EventLog;
import io.waypost.ingestion.EventView;
import io.waypost.ingestion.deadletter.DeadLetterRepository;
import io.waypost.ingestion.deadletter.PersonalDataMatcher;
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
class EventPersonalData implements PersonalRecords {

	private static final int PAGE = 500;

	private final EventLog log;

	private final EventRepository rows;

	private final DeadLetterRepository letters;

	EventPersonalData(EventLog log, EventRepository rows, DeadLetterRepository letters) {
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
		erased.count("events", this.rows.delete(erased.tenant(), erased.profiles()));
		erased.count("deadLetters",
				this.letters.delete(erased.tenant(), new PersonalDataMatcher(erased.personalData())));
	}

}
