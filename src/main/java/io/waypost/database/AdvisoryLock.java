package io.waypost.database;

import java.util.stream.Stream;

import io.waypost.kernel.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Every advisory lock of Waypost, in the order in which one transaction may wait for
 * them: a transaction that holds a lock waits only for locks further down, so that no two
 * transactions wait for each other. {@link AdvisoryLocks} takes them.
 */
public enum AdvisoryLock {

	/** One node fills the sample workspace. */
	SAMPLE_WORKSPACE,

	/** One node at a time starts the engine: schema, deployments. */
	ENGINE_START,

	/** One node at a time writes the engine's authorizations. */
	ENGINE_GRANTS,

	/** One node at a time creates partitions of the event table. */
	EVENT_PARTITIONS,

	/** By user name in lower case: no two users have names that differ by case only. */
	USER_NAME,

	/** By tenant: a segment changes; references between segments are checked. */
	SEGMENT_VERSION,

	/** By tenant: a new version of a brand kit. */
	BRAND_KIT_VERSION,

	/** By tenant and key: a new version of a template. */
	TEMPLATE_VERSION,

	/** By tenant and key: a new version of an offer. */
	OFFER_VERSION,

	/** By tenant and key: a new version of an experiment. */
	EXPERIMENT_VERSION,

	/** By tenant and layer: slots of a layer are allocated to experiments. */
	EXPERIMENT_LAYER,

	/** By user id: first sightings and aliases of one user follow one another. */
	USER_IDENTITY,

	/**
	 * By tenant: campaigns whose recipients could exceed a frequency cap follow one
	 * another.
	 */
	CAMPAIGN_FREQUENCY_CAP,

	/** By profile: messages to one person are counted one after the other. */
	PROFILE_FREQUENCY_CAP,

	/**
	 * By tenant and address: consent and suppression of one address change one after the
	 * other.
	 */
	ADDRESS,

	/** By campaign: its sends are added (shared) or dropped as a whole (exclusive). */
	CAMPAIGN_SENDS,

	/** By tenant: places of the daily quota of messages are taken. */
	SEND_QUOTA,

	/** One node at a time updates the read model of segments. */
	SEGMENT_PROJECTION,

	/** One node at a time computes co-purchases and sales from the event log. */
	PRODUCT_ACTIVITY,

	/** By tenant: outcomes of text fragments are counted. */
	FRAGMENT_OUTCOMES,

	/** One node at a time publishes message events. */
	MESSAGE_RELAY,

	/** One node at a time extends the ledger's hash chains. */
	LEDGER_CHAIN;

	/**
	 * Returns the 64-bit key of one instance of this lock. Two subjects have the same key
	 * with a probability of 1 in 2^64; the consequence is a longer wait.
	 * @param subject what is locked, for example tenant and key; empty for the only
	 * instance
	 * @return the key
	 */
	public long key(@Nullable Object... subject) {
		return Fingerprint.of(Stream.concat(Stream.of(name()), Stream.of(subject)).toArray()).bits();
	}

}
