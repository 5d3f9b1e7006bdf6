package io.waypost.access;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Approvals by a second person.
 *
 * @param secondPersonDelay how long an account does not count as a second person towards
 * the user who handed out its credential: by an invitation, also a repeated one, or by
 * turning off its two-step sign-in. At most 30 days; 0 counts it at once
 */
@ConfigurationProperties("waypost.access")
public record SecondPersonSettings(@DefaultValue("24h") Duration secondPersonDelay) {

	/** Hand-overs of credentials are stored so long. */
	static final Duration LONGEST = Duration.ofDays(30);

	public SecondPersonSettings {
		if (secondPersonDelay.isNegative() || secondPersonDelay.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"waypost.access.second-person-delay is %s; set a duration of 0 to 30 days, such as 24h"
						.formatted(secondPersonDelay));
		}
	}

}
