/**
 * Feature state: a fold over the events of one profile, its parts, its encoding and its
 * table.
 */
@NullMarked
package io.waypost.feature.state;

import org.jspecify.annotations.NullMarked;
