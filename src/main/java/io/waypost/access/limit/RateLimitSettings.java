package io.waypost.access.limit;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of request rates and quotas. {@code PUT /api/v1/tenants/{id}/limits} sets
 * other values for one tenant.
 *
 * @param redisUrl Redis that all nodes count requests in, such as
 * {@code redis://localhost:6379}; without it each node counts for itself
 * @param eventRequestsPerSecond request rate of a tenant on the event API, all write keys
 * together; the rate of one write key is {@code waypost.ingestion.requests-per-second}
 * @param apiRequestsPerSecond request rate of a tenant on the management API, all callers
 * together
 * @param callerRequestsPerSecond request rate of one API token or user on the management
 * API
 * @param burstSeconds seconds of unused rate that a caller may use at once
 * @param eventsPerDay events of a tenant in a day (UTC); 0 means no quota
 * @param sendsPerDay messages of a tenant in a day (UTC); 0 means no quota. Messages over
 * the quota are sent on a later day
 */
@ConfigurationProperties("waypost.rate-limit")
record RateLimitSettings(@Nullable URI redisUrl, @DefaultValue("5000") int eventRequestsPerSecond,
		@DefaultValue("1000") int apiRequestsPerSecond, @DefaultValue("500") int callerRequestsPerSecond,
		@DefaultValue("2") int burstSeconds, @DefaultValue("0") long eventsPerDay,
		@DefaultValue("0") long sendsPerDay) {

	RateLimitSettings {
		if (eventRequestsPerSecond < 1 || apiRequestsPerSecond < 1 || callerRequestsPerSecond < 1 || burstSeconds < 1) {
			throw new IllegalArgumentException(
					"The rates and burst-seconds of waypost.rate-limit must be at least 1; a quota of 0 means none");
		}
		if (eventsPerDay < 0 || sendsPerDay < 0) {
			throw new IllegalArgumentException(
					"events-per-day is %d and sends-per-day is %d; both must be 0 (no quota) or more"
						.formatted(eventsPerDay, sendsPerDay));
		}
	}

}
