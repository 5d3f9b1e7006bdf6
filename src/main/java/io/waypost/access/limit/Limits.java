package io.waypost.access.limit;

/**
 * Limits of one tenant.
 *
 * @param eventRequestsPerSecond request rate on the event API
 * @param apiRequestsPerSecond request rate on the management API
 * @param eventsPerDay events in a day (UTC); 0 means no quota
 * @param sendsPerDay messages in a day (UTC); 0 means no quota
 */
public record Limits(int eventRequestsPerSecond, int apiRequestsPerSecond, long eventsPerDay, long sendsPerDay) {

}
