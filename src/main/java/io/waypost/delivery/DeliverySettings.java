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
 * @param batchSize sends claimed at once at the most
 * @param maxInFlight sends between claim and saved outcome at the most, on this node
 * @param maxCalls calls of providers at a time at the most, on this node
 * @param pollInterval how long the dispatcher sleeps when nothing wakes it
 * @param lease how long a claim holds; a provider call starts only in its first half
 * @param reconcileAfter how long an unknown outcome waits for a late report
 * @param reconcileInterval how often leases and unknown outcomes are looked through
 * @param maxAttempts definite refusals until a send is given up
 * @param backOff pause after the first refusal; doubles with each further one
 * @param circuitFailures faults of one provider in a row that open its circuit
 * @param circuitPause how long an open circuit stays open
 * @param shutdownTimeout how long a stop waits for calls under way
 * @param transactionalTopics topics whose messages are sent again when an outcome stays
 * unknown; all others are not
 * @param trackOpens whether messages carry the open pixel
 * @param topicsWithoutPixel topics whose messages never carry it
 * @param linkKey secret that signs links, at least 32 characters; null for one kept in a
 * file under the data directory
 * @param retiredLinkKeys earlier secrets whose links still work
 */
@ConfigurationProperties("waypost.delivery")
public record DeliverySettings(@DefaultValue("500") int batchSize, @DefaultValue("2000") int maxInFlight,
		@DefaultValue("512") int maxCalls, @DefaultValue("1s") Duration pollInterval,
		@DefaultValue("2m") Duration lease, @DefaultValue("15m") Duration reconcileAfter,
		@DefaultValue("10s") Duration reconcileInterval, @DefaultValue("8") int maxAttempts,
		@DefaultValue("15s") Duration backOff, @DefaultValue("3") int circuitFailures,
		@DefaultValue("60s") Duration circuitPause, @DefaultValue("20s") Duration shutdownTimeout, @DefaultValue( {
				"service", "transactional" }) Set<String> transactionalTopics,
		@DefaultValue("true") boolean trackOpens, @DefaultValue Set<String> topicsWithoutPixel,
		@Nullable String linkKey, @DefaultValue List<String> retiredLinkKeys){

	public String messageClass(String topic) {
		return this.transactionalTopics.contains(topic) ? "transactional" : "marketing";
	}

	public boolean tracksOpens(String topic) {
		return this.trackOpens && !this.topicsWithoutPixel.contains(topic);
	}

	/** Doubles with every attempt, up to an hour. */
	public Duration backOff(int attempts) {
		Duration pause = this.backOff.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), 10));
		return (pause.compareTo(Duration.ofHours(1)) < 0) ? pause : Duration.ofHours(1);
	}

	@Override
	public String toString() {
		return "DeliverySettings[***]";
	}

}
