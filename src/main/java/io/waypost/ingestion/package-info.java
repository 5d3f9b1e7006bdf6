/**
 * The only front door for events: Segment-compatible HTTP, Kafka, CSV; dedup, event log,
 * dead letters. Floor 3.
 */
@NullMarked
@ApplicationModule(allowedDependencies = { "database", "kernel", "ledger", "access", "policy", "identity" })
package io.waypost.ingestion;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
