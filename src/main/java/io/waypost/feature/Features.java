package io.waypost.feature;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * Values of all feature views of one profile at one moment.
 *
 * @param profile the profile
 * @param readAt the moment
 * @param updatedAt time of the newest event, null if there is none
 * @param lifecycleStage lifecycle stage
 * @param engagementScore 0 to 100
 * @param orderCount number of completed orders
 * @param categoryAffinity category to share of interest, 0 to 1, strongest first
 * @param cart items of the latest open cart, in the order they were added
 * @param timeZone IANA id, null if unknown
 * @param device latest device class: {@code desktop}, {@code mobile}, {@code tablet}
 * @param engagedHours opens and clicks by hour of the day
 * @param values all features of all views, for explanations and the API
 */
public record Features(ProfileId profile, Instant readAt, @Nullable Instant updatedAt, LifecycleStage lifecycleStage,
		int engagementScore, long orderCount, Map<String, Double> categoryAffinity, List<CartItem> cart,
		@Nullable String timeZone, @Nullable String device, EngagedHours engagedHours, List<FeatureValue> values) {

}
