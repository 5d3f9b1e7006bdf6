/**
 * The failed events page, with replay.
 */
@NullMarked
package io.waypost.console.events;

import org.jspecify.annotations.NullMarked;
