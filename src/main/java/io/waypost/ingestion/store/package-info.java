/**
 * Deduplicates and stores events, and keeps the partitions of the event log.
 */
@NullMarked
package io.waypost.ingestion.store;

import org.jspecify.annotations.NullMarked;
