/**
 * Projection: the profile attributes and activities that segments are evaluated on.
 * Events enqueue changes; the projector applies them about once a second.
 */
@NullMarked
package io.waypost.audience.projection;

import org.jspecify.annotations.NullMarked;
