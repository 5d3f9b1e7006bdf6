package io.waypost.feature;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Value of a feature at a moment.
 *
 * @param name feature name within its view, for example {@code order_count}
 * @param value number, text, boolean, list or map; null if unknown
 * @param view view and version, for example {@code purchase@v1}
 * @param asOf time of the newest event that the value is based on, null if there is none
 */
public record FeatureValue(String name, @Nullable Object value, String view, @Nullable Instant asOf) {

}
