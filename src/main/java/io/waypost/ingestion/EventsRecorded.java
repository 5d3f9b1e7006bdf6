package io.waypost.ingestion;

import java.util.List;

import io.waypost.kernel.TenantId;

/**
 * New events were stored. Published synchronously inside the transaction that stores
 * them. Listeners run in the order of their modules' layers ({@code @Order(layer * 10)})
 * and use set-based statements, because one publication carries a whole batch.
 *
 * @param tenant the tenant
 * @param events only new ones (no duplicates), ordered by time of occurrence
 */
public record EventsRecorded(TenantId tenant, List<Event> events) {

}
