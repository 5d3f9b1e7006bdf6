package io.waypost.journey.run;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of journeys.
 *
 * @param followUpDelay value of the variable {@code followUpDelay}, for models that wait
 * for it; the models of Waypost state their own waits
 * @param startThreads number of threads that start runs in the engine
 * @param startsPerTransaction number of runs started in one transaction
 * @param poll interval at which runs and messages are polled without a signal from an
 * event
 * @param maxStartAttempts number of attempts to start a run
 */
@ConfigurationProperties("waypost.journey")
record JourneySettings(@DefaultValue("3d") Duration followUpDelay, @DefaultValue("2") int startThreads,
		@DefaultValue("20") int startsPerTransaction, @DefaultValue("1s") Duration poll,
		@DefaultValue("6") int maxStartAttempts) {

}
