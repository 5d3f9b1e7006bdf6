package io.waypost.journey.run;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the module journey.
 *
 * @param followUpDelay how long a journey waits before its second message
 * @param starters how many threads start runs in the engine
 * @param startsPerTransaction how many runs are started in one transaction
 * @param poll how often to look for runs and messages without a signal from an event
 * @param maxStartAttempts how many times to try to start a run
 */
@ConfigurationProperties("waypost.journey")
record JourneySettings(@DefaultValue("P3D") Duration followUpDelay, @DefaultValue("2") int starters,
		@DefaultValue("20") int startsPerTransaction, @DefaultValue("1s") Duration poll,
		@DefaultValue("6") int maxStartAttempts) {

}
