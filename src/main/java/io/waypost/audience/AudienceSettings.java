package io.waypost.audience;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of segments and audiences.
 *
 * @param maxSize maximum number of members of an audience; larger ones are refused
 * @param projectionInterval time between two runs of the projection
 * @param projectionCpuShare share of one thread's time that the projection uses while it
 * keeps up, above 0 up to 1
 * @param maxProjectionDelay how far the projection may be behind before it uses more time
 * @param allowSelfApproval whether authors may approve their own segment versions, for
 * teams with a single editor
 */
@ConfigurationProperties("waypost.audience")
public record AudienceSettings(@DefaultValue("2000000") int maxSize, @DefaultValue("1s") Duration projectionInterval,
		@DefaultValue("0.1") double projectionCpuShare, @DefaultValue("60s") Duration maxProjectionDelay,
		@DefaultValue("false") boolean allowSelfApproval) {

	public AudienceSettings {
		if (maxSize < 1 || projectionCpuShare <= 0 || projectionCpuShare > 1 || projectionInterval.isNegative()
				|| maxProjectionDelay.isNegative()) {
			throw new IllegalArgumentException(
					"waypost.audience needs max-size from 1, projection-cpu-share above 0 up to 1, and durations that are not negative");
		}
	}

}
