/**
 * Experiment results: decision, intervals, guardrail metrics and lift.
 */
@NullMarked
package io.waypost.console.experiments;

import org.jspecify.annotations.NullMarked;
