/**
 * Chooses the provider of a message: order of failover, circuit breaker and rate limit.
 */
@NullMarked
package io.waypost.delivery.esp.failover;

import org.jspecify.annotations.NullMarked;
