package io.waypost.campaign;

import java.time.Instant;
import java.util.Map;

/**
 * Whom a campaign would reach if it began now. The same decisions are asked as for the
 * real messages; of a large segment a part that stands for all.
 *
 * @param segment canonical name
 * @param size people in the segment
 * @param reachable those who would be written to, now or in a later window
 * @param withheld reason to how many it holds back
 * @param heldOut those who get nothing so that the effect can be measured
 * @param later reason to how many of the reachable wait for a later window
 * @param sampled of how many people the decisions were asked; where that is fewer than
 * the size, the numbers are estimates
 * @param readAt the moment
 */
public record CampaignReach(String segment, long size, long reachable, Map<String, Long> withheld, long heldOut,
		Map<String, Long> later, int sampled, Instant readAt) {

	public CampaignReach {
		withheld = Map.copyOf(withheld);
		later = Map.copyOf(later);
	}

}
