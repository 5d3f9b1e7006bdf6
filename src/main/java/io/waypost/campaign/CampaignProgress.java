package io.waypost.campaign;

import java.util.Map;

/**
 * How far a campaign is.
 *
 * @param size people in its audience
 * @param counts people by where they stand: {@code planned} of whom nothing is known yet,
 * {@code withheld}, {@code deferred}, {@code queued}, {@code accepted}, {@code delivered}
 * and so on, each with every reason; {@code flagged} counts people whose words wait for a
 * person
 * @param chunks how many chunks there are
 * @param chunksDone how many of them are done
 * @param chunksStuck how many of them have failed on every try and wait for an operator
 */
public record CampaignProgress(int size, Map<String, StatusCount> counts, int chunks, int chunksDone,
		int chunksFailed) {

	public CampaignProgress {
		counts = Map.copyOf(counts);
	}

	/**
	 * People who stand somewhere.
	 *
	 * @param people how many
	 * @param reasons reason to how many of them; empty where the state says it all
	 */
	public record StatusCount(long people, Map<String, Long> reasons) {

		public StatusCount {
			reasons = Map.copyOf(reasons);
		}

	}

}
