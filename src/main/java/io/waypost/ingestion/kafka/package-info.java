/**
 * Consumes events from a Kafka topic.
 */
@NullMarked
package io.waypost.ingestion.kafka;

import org.jspecify.annotations.NullMarked;
