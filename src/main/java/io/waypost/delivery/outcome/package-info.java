/**
 * Saves what became of claimed sends and reconciles outcomes that stay unknown.
 */
@NullMarked
package io.waypost.delivery.outcome;

import org.jspecify.annotations.NullMarked;
