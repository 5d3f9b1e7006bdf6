package io.waypost.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How sends are dispatched.
 *
 * @param batchSize maximum number of sends per claim
 * @param maxInFlight maximum number of sends between claim and saved outcome, per node
 * @param maxCalls maximum number of concurrent provider calls, per node
 * @param pollInterval interval at which the dispatcher polls without a signal
 * @param lease duration of a claim; a provider call starts only in its first half
 * @param reconcileAfter how long an unknown outcome waits for a late report
 * @param reconcileInterval interval at which leases and unknown outcomes are checked
 * @param maxAttempts number of refused attempts after which a send gets the status
 * {@code dead}
 * @param backOff pause after the first refusal; doubles with each further one
 * @param circuitBreakerFailures consecutive faults of a provider after which its circuit
 * breaker opens
 * @param circuitBreakerWait time until an open circuit breaker allows a trial call
 * @param shutdownTimeout how long a shutdown waits for running provider calls
 * @param transactionalTopics topics whose messages are submitted again when their outcome
 * stays unknown; all others are not
 * @param trackOpens whether messages contain the open pixel
 * @param topicsWithoutPixel topics whose messages never contain the open pixel
 * @param linkKey secret that signs links, at least 32 characters; if not set, a key file
 * in the data directory
 * @param retiredLinkKeys earlier secrets whose links still work
 */
@ConfigurationProperties("waypost.delivery")
public record DeliverySettings(@DefaultValue("500") int batchSize, @DefaultValue("2000") int maxInFlight,
		@DefaultValue("512") int maxCalls, @DefaultValue("1s") Duration pollInterval,
		@DefaultValue("2m") Duration lease, @DefaultValue("15m") Duration reconcileAfter,
		@DefaultValue("10s") Duration reconcileInterval, @DefaultValue("8") int maxAttempts,
		@DefaultValue("15s") Duration backOff, @DefaultValue("3") int circuitBreakerFailures,
		@DefaultValue("60s") Duration circuitBreakerWait, @DefaultValue("20s") Duration shutdownTimeout,
		@DefaultValue( {
				"service", "transactional" }) Set<String> transactionalTopics,
		@DefaultValue("true") boolean trackOpens, @DefaultValue Set<String> topicsWithoutPixel,
		@Nullable String linkKey, @DefaultValue List<String> retiredLinkKeys){

	public String messageClass(String topic) {
		return this.transactionalTopics.contains(topic) ? "transactional" : "marketing";
	}

	public boolean tracksOpens(String topic) {
		return this.trackOpens && !this.topicsWithoutPixel.contains(topic);
	}

	/** Returns the pause after an attempt: doubles with every attempt, up to one hour. */
	public Duration backOff(int attempts) {
		Duration pause = this.backOff.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), 10));
		return (pause.compareTo(Duration.ofHours(1)) < 0) ? pause : Duration.ofHours(1);
	}

	@Override
	public String toString() {
		return "DeliverySettings[***]";
	}

}
