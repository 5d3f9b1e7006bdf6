package io.waypost.access;

import io.waypost.kernel.TenantId;

/**
 * A program that sends events with a write key.
 *
 * @param tenant whose events they are
 * @param name what the tenant calls it
 */
public record Source(TenantId tenant, String name) {

}
