package io.waypost.audience;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of segments and audiences.
 *
 * @param maxSize maximum number of members of an audience; larger ones are refused
 * @param foldInterval time between two runs of the projection
 * @param share share of the time that the projection uses while it keeps up, above 0 up
 * to 1
 * @param latest how far the projection may be behind before it uses more time
 * @param ownApproval whether authors may approve their own segment versions, for teams
 * with a single editor
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
