/**
 * Events that could not be ingested: storage, search, API.
 */
@NullMarked
package io.waypost.ingestion.deadletter;

import org.jspecify.annotations.NullMarked;
