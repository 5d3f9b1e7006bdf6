package io.waypost.feature;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * All feature views of one profile at one moment.
 *
 * @param profile whose
 * @param readAt the moment the values hold for
 * @param updatedAt time of the newest event they rest on, null when there was none
 * @param lifecycleStage where the profile stands
 * @param engagementScore 0 to 100
 * @param orderCount completed orders
 * @param categoryAffinity category to share of interest, 0 to 1, strongest first
 * @param cart items of the latest open cart, in the order they were added
 * @param timeZone IANA id, null when unknown
 * @param device latest device class: {@code desktop}, {@code mobile}, {@code tablet}
 * @param engagedHours at which hours the person answers to messages
 * @param values every feature of every view, for explanations and the API
 */
public record Features(ProfileId profile, Instant readAt, @Nullable Instant updatedAt, LifecycleStage lifecycleStage,
		int engagementScore, long orderCount, Map<String, Double> categoryAffinity, List<CartItem> cart,
		@Nullable String timeZone, @Nullable String device, EngagedHours engagedHours, List<FeatureValue> values) {

}
