package io.waypost.access;

import io.waypost.kernel.TenantId;

/**
 * A program that sends events with a write key.
 *
 * @param tenant tenant that receives the events
 * @param name the tenant's name for the source
 */
public record Source(TenantId tenant, String name) {

}
