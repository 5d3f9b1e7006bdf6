/**
 * Experiment results: decision, intervals, guardrail metrics and lift.
 */
@NullMarked
package io.waypost.console.reports;

import org.jspecify.annotations.NullMarked;
