/**
 * Updates of feature states by new events, merges and erasures.
 */
@NullMarked
package io.waypost.feature.update;

import org.jspecify.annotations.NullMarked;
