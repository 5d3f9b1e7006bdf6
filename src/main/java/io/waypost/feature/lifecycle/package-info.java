/**
 * Lifecycle stages: the rules that decide a stage, and the sweep that announces stage
 * changes.
 */
@NullMarked
package io.waypost.feature.lifecycle;

import org.jspecify.annotations.NullMarked;
