package io.waypost.policy;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of decision tables.
 *
 * @param checkInterval maximum delay until a table deployed on another node takes effect
 * here
 * @param cacheSize maximum number of cached results
 */
@ConfigurationProperties("waypost.policy")
record PolicySettings(@DefaultValue("250ms") Duration checkInterval, @DefaultValue("10000") int cacheSize) {

	PolicySettings {
		if (checkInterval.isNegative() || checkInterval.compareTo(Duration.ofSeconds(1)) > 0) {
			throw new IllegalArgumentException(
					"waypost.policy.check-interval is %s; it must be between 0 and 1 s".formatted(checkInterval));
		}
		if (cacheSize < 1) {
			throw new IllegalArgumentException(
					"waypost.policy.cache-size is %d; it must be positive".formatted(cacheSize));
		}
	}

}
