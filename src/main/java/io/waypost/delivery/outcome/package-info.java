/**
 * Saves the outcomes of claimed sends and reconciles sends whose outcome stays unknown.
 */
@NullMarked
package io.waypost.delivery.outcome;

import org.jspecify.annotations.NullMarked;
