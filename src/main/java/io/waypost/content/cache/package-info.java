/**
 * Bounded in-memory caches of this room.
 */
@NullMarked
package io.waypost.content.cache;

import org.jspecify.annotations.NullMarked;
