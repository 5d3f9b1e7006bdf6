/**
 * Measurement: exposures, outcomes that arrive with events, and their counts per arm.
 */
@NullMarked
package io.waypost.experiment.measure;

import org.jspecify.annotations.NullMarked;
