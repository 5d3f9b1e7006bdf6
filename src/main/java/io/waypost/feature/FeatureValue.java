package io.waypost.feature;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One feature as a decision saw it.
 *
 * @param name feature name within its view, for example {@code order_count}
 * @param value number, text, boolean, list or map; null when unknown
 * @param view view and version, for example {@code purchase@v1}
 * @param asOf time of the newest event the value rests on, null when there was none
 */
public record FeatureValue(String name, @Nullable Object value, String view, @Nullable Instant asOf) {

}
