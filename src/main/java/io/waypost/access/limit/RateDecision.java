package io.waypost.access.limit;

/**
 * Whether a request fits the rate.
 *
 * @param allowed whether it fits
 * @param remaining requests that fit now, after this one
 * @param waitNanos time until the next request fits; 0 when this one was allowed
 */
record RateDecision(boolean allowed, long remaining, long waitNanos) {

}
