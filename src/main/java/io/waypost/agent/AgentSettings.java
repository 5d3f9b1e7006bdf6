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
 * What agents need to know that no table says.
 *
 * @param timeZone where a recipient lives whose time zone is unknown
 * @param midValue average order value from which a customer counts as of middle value
 * @param highValue the same for high value
 * @param products how many products a message may be planned with
 * @param breakerFailures failures in a row after which an optional agent is left alone
 * @param breakerRest how long it is left alone
 * @param triggerWithin an event that comes in later than this after it happened starts
 * nothing: imported history must not write to people about last year's carts
 */
@ConfigurationProperties("waypost.agent")
public record AgentSettings(@DefaultValue("UTC") ZoneId timeZone, @DefaultValue("30") BigDecimal midValue,
		@DefaultValue("100") BigDecimal highValue, @DefaultValue("4") int products,
		@DefaultValue("5") int breakerFailures, @DefaultValue("30s") Duration breakerRest,
		@DefaultValue("6h") Duration triggerWithin) {

	/** The zone the person stated, else the one seen in visits, else the tenant's. */
	public ZoneId zone(@Nullable Profile person, @Nullable Features features) {
		if (person != null && person.timeZone() != null) {
			return ZoneId.of(person.timeZone());
		}
		return (features != null && features.timeZone() != null) ? ZoneId.of(features.timeZone()) : this.timeZone;
	}

}
