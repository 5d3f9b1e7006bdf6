package io.waypost.experiment;

import org.jspecify.annotations.Nullable;

/**
 * Who takes part.
 *
 * @param layer experiments of one layer share no person; null for a layer of its own,
 * independent of all others
 * @param traffic share of the layer's people in the test, above 0 up to 1; raising it
 * only adds people
 * @param holdout share of people who get no message of this experiment at all, so that
 * its lift can be measured; below 1
 * @param globalHoldout whether those whom the tenant holds out from everything this
 * quarter are held out here too
 */
public record TrafficAllocation(@Nullable String layer, double traffic, double holdout, boolean globalHoldout) {

	/** Everybody but the global holdout. */
	public static final TrafficAllocation DEFAULT = new TrafficAllocation(null, 1, 0, true);

}
