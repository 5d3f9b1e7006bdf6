package io.waypost.agent.write;

import java.util.Map;
import java.util.SplittableRandom;

/**
 * What one tenant has learned about the click rates of text fragments. The writer draws a
 * rate for each eligible fragment and prefers the highest (Thompson sampling): fragments
 * that are clicked more often are used more often, and fragments with few messages are
 * still tried.
 */
@FunctionalInterface
public interface FragmentPosteriors {

	/** Nothing is known: every draw is uniform from 0 to 1. */
	FragmentPosteriors UNINFORMED = (goal, tag, seed) -> new SplittableRandom(mixed(goal, tag, seed)).nextDouble();

	/**
	 * Draws a click rate from the posterior distribution of a tag. The same arguments
	 * give the same rate until the posteriors are computed again.
	 * @param goal template key of the message
	 * @param tag part and id of a fragment, for example {@code subject:saved}
	 * @param seed of the message; draws of different seeds are independent
	 * @return a rate from 0 to 1
	 */
	double draw(String goal, String tag, long seed);

	/**
	 * Returns what the posterior of a tag rests on, for the explanation of a message.
	 * @param goal template key of the message
	 * @param tag part and id of a fragment
	 * @return {@code messages}, {@code clicks} and {@code rate}; empty if nothing is
	 * known
	 */
	default Map<String, Object> explained(String goal, String tag) {
		return Map.of();
	}

	/**
	 * Mixes the arguments of a draw into the seed of a random source.
	 * @param goal template key of the message
	 * @param tag part and id of a fragment
	 * @param seed of the message
	 * @return 64 bits
	 */
	static long mixed(String goal, String tag, long seed) {
		long names = ((long) goal.hashCode() << 32) ^ (tag.hashCode() & 0xFFFFFFFFL);
		return new SplittableRandom(seed).nextLong() + new SplittableRandom(names).nextLong();
	}

}
