/**
 * Projection: profile attributes and activities that segments are evaluated on, kept up
 * to date from a queue.
 */
@NullMarked
package io.waypost.audience.projection;

import org.jspecify.annotations.NullMarked;
