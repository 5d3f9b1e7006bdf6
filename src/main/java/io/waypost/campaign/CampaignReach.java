package io.waypost.campaign;

import java.time.Instant;
import java.util.Map;

/**
 * Estimated reach of a campaign if it were sent now. The decisions are those of real
 * sends; a large segment is sampled.
 *
 * @param segment canonical name of the segment
 * @param size number of profiles in the segment
 * @param reachable number of recipients that would get a message, now or deferred
 * @param withheld number of withheld recipients by reason
 * @param heldOut size of the control group
 * @param later number of deferred recipients by reason; part of reachable
 * @param sampled number of profiles that were decided; if it is less than the size, the
 * numbers are estimates
 * @param readAt time of the estimate
 */
public record CampaignReach(String segment, long size, long reachable, Map<String, Long> withheld, long heldOut,
		Map<String, Long> later, int sampled, Instant readAt) {

	public CampaignReach {
		withheld = Map.copyOf(withheld);
		later = Map.copyOf(later);
	}

}
