package io.waypost.campaign;

import java.util.Map;

/**
 * Progress of a campaign.
 *
 * @param size number of recipients in the audience
 * @param counts recipients by status, with their reasons: {@code planned} are not decided
 * yet, {@code flagged} are those whose content waits for a review, the others are the
 * statuses of sends
 * @param chunks number of chunks
 * @param chunksDone number of completed chunks
 * @param chunksFailed number of chunks without retries left, which wait for an operator
 */
public record CampaignProgress(int size, Map<String, StatusCount> counts, int chunks, int chunksDone,
		int chunksFailed) {

	public CampaignProgress {
		counts = Map.copyOf(counts);
	}

	/**
	 * Recipients with one status.
	 *
	 * @param people number of recipients
	 * @param reasons number of recipients by reason; empty for a status without reasons
	 */
	public record StatusCount(long people, Map<String, Long> reasons) {

		public StatusCount {
			reasons = Map.copyOf(reasons);
		}

	}

}
