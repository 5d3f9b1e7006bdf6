/**
 * The send queue: what waits, campaigns that are paused, claims of due sends and
 * frequency caps.
 */
@NullMarked
package io.waypost.delivery.queue;

import org.jspecify.annotations.NullMarked;
