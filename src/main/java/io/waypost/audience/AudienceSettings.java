package io.waypost.audience;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How large and how fresh.
 *
 * @param maxSize people of the largest audience that is frozen; a larger one is refused
 * @param foldInterval how long people and what they did may wait before they are looked
 * at; a test may set it longer and fold itself
 * @param share of the time that folding may take while it keeps up, from above 0 to 1
 * @param latest how far behind folding may fall under load before it takes all the time
 * it needs
 * @param ownApproval whether who wrote a version of a segment may approve it; for teams
 * too small to have a second editor
 */
@ConfigurationProperties("waypost.audience")
public record AudienceSettings(@DefaultValue("2000000") int maxSize, @DefaultValue("1s") Duration foldInterval,
		@DefaultValue("0.1") double share, @DefaultValue("60s") Duration latest,
		@DefaultValue("false") boolean ownApproval) {

	public AudienceSettings {
		if (maxSize < 1 || share <= 0 || share > 1 || foldInterval.isNegative() || latest.isNegative()) {
			throw new IllegalArgumentException(
					"waypost.audience needs max-size from 1, share above 0 up to 1, and durations that are not negative");
		}
	}

}
