/**
 * Tenants in the engine: the tenant of a process instance, models of a tenant over the
 * shared ones, and the checks that keep tenants apart.
 */
@NullMarked
package io.waypost.journey.engine.tenant;

import org.jspecify.annotations.NullMarked;
