/**
 * Transactional outbox of message events and its relay to Kafka.
 */
@NullMarked
package io.waypost.delivery.outbox;

import org.jspecify.annotations.NullMarked;
