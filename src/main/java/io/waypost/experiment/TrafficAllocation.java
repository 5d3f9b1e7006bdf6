package io.waypost.experiment;

import org.jspecify.annotations.Nullable;

/**
 * Who takes part in an experiment.
 *
 * @param layer experiments of one layer are mutually exclusive; null makes the experiment
 * independent of all others
 * @param traffic share of the layer's people in the test, above 0 up to 1; raising it
 * only adds people
 * @param holdout share of people in the control group of this experiment, who get no
 * message; below 1
 * @param globalHoldout whether the tenant's global holdout of the quarter is held out too
 */
public record TrafficAllocation(@Nullable String layer, double traffic, double holdout, boolean globalHoldout) {

	/** The smallest share of traffic: one slot of a layer. */
	public static final double SMALLEST_TRAFFIC = 0.0001;

	/** Everyone except the global holdout. */
	public static final TrafficAllocation DEFAULT = new TrafficAllocation(null, 1, 0, true);

}
