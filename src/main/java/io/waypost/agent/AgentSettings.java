package io.waypost.agent;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;

import io.waypost.feature.Features;
import io.waypost.identity.Profile;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the agents that are not in a decision table.
 *
 * @param timeZone time zone of recipients whose zone is unknown
 * @param midValue average order value from which a customer's value is {@code mid}
 * @param highValue average order value from which a customer's value is {@code high}
 * @param products maximum number of products of a message
 * @param circuitBreakerFailures consecutive failures after which the circuit breaker of
 * an optional agent opens
 * @param circuitBreakerWait time until an open circuit breaker allows a trial call
 * @param maxTriggerAge maximum age of an event at its arrival. Older events start no
 * journey, because imported history must not trigger messages
 */
@ConfigurationProperties("waypost.agent")
public record AgentSettings(@DefaultValue("UTC") ZoneId timeZone, @DefaultValue("30") BigDecimal midValue,
		@DefaultValue("100") BigDecimal highValue, @DefaultValue("4") int products,
		@DefaultValue("5") int circuitBreakerFailures, @DefaultValue("30s") Duration circuitBreakerWait,
		@DefaultValue("6h") Duration maxTriggerAge) {

	/**
	 * Returns the time zone of the profile, else the one that its visits show, else the
	 * default.
	 */
	public ZoneId zone(@Nullable Profile profile, @Nullable Features features) {
		if (profile != null && profile.timeZone() != null) {
			return ZoneId.of(profile.timeZone());
		}
		return (features != null && features.timeZone() != null) ? ZoneId.of(features.timeZone()) : this.timeZone;
	}

}
