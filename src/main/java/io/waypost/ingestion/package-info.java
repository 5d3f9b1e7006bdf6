/**
 * Ingests and stores events. Sub-packages: {@code http} (tracking API compatible with
 * Segment), {@code kafka}, {@code csv} (import of profiles), {@code parse} (validation),
 * {@code store} (deduplication, event log), {@code deadletter} (failed events). Layer 3.
 */
@NullMarked
@ApplicationModule(
		allowedDependencies = { "database", "kernel", "ledger", "access", "access :: limit", "policy", "identity" })
package io.waypost.ingestion;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
