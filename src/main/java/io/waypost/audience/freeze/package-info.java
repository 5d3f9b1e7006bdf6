/**
 * Frozen audiences: a segment's members at one moment, numbered.
 */
@NullMarked
package io.waypost.audience.freeze;

import org.jspecify.annotations.NullMarked;
