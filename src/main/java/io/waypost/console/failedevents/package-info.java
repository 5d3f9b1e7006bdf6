/**
 * The failed events page, with replay.
 */
@NullMarked
package io.waypost.console.failedevents;

import org.jspecify.annotations.NullMarked;
