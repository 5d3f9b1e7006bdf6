package io.waypost.ingestion;

import java.time.Instant;
import java.util.List;

import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** What happened, readable. */
@Component
public class EventLog {

	/**
	 * A profile's events, newest first.
	 * @param tenant whose events
	 * @param profile whom
	 * @param limit 1 to 500
	 * @param cursor from the page before, or null
	 * @return one page
	 */
	public Page<Event> of(TenantId tenant, ProfileId profile, int limit, @Nullable String cursor) {
		throw new UnsupportedOperationException();
	}

	/**
	 * What was known of a profile at a past moment: events that had both happened and
	 * come in by then (bitemporal), oldest first.
	 * @param tenant whose events
	 * @param profile whom
	 * @param asOf the moment
	 * @return the events
	 */
	public List<Event> knownAt(TenantId tenant, ProfileId profile, Instant asOf) {
		throw new UnsupportedOperationException();
	}

}
