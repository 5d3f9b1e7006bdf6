package io.waypost.campaign;

import java.time.Instant;
import java.util.Map;

/**
 * Whom a campaign would reach now, before its launch.
 *
 * @param segment canonical name
 * @param size people in the segment
 * @param reachable estimate of those who may be written to
 * @param withheld reason to an estimate of how many it holds back
 * @param heldOut estimate of those who get nothing so that the effect can be measured
 * @param readAt the moment
 */
public record Reach(String segment, long size, long reachable, Map<String, Long> withheld, long heldOut,
		Instant readAt) {

	public Reach {
		withheld = Map.copyOf(withheld);
	}

}
