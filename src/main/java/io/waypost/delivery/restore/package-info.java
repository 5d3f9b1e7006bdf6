/**
 * Commands for the time after a backup was restored. Part of the command line, which has
 * no dispatcher.
 */
@NullMarked
package io.waypost.delivery.restore;

import org.jspecify.annotations.NullMarked;
