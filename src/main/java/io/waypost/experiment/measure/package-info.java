/**
 * Measurement: exposures, outcomes read from recorded events, and their counts per arm.
 */
@NullMarked
package io.waypost.experiment.measure;

import org.jspecify.annotations.NullMarked;
