package io.waypost.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.waypost.agent.ReadyContent;
import io.waypost.delivery.CampaignSend;
import io.waypost.experiment.Assignment;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A chunk on its way through the steps of its process.
 *
 * @param tenant whose
 * @param campaign which campaign
 * @param chunk which chunk
 * @param words the words that may be sent, once taken
 * @param parts each person's part in the experiment, once decided
 * @param sends what was decided for each person
 */
record ChunkInHand(TenantId tenant, Campaign campaign, ChunkRows.Chunk chunk, List<ReadyContent> words,
		Map<ProfileId, Part> parts, List<CampaignSend> sends) {

	/**
	 * A part in the experiment.
	 *
	 * @param assignment what the person gets
	 * @param at when, for a message that waits for its hour; null for now
	 * @param spent what the person had spent before
	 */
	record Part(Assignment assignment, @Nullable Instant at, @Nullable Double spent) {

	}

	static ChunkInHand of(TenantId tenant, Campaign campaign, ChunkRows.Chunk chunk) {
		return new ChunkInHand(tenant, campaign, chunk, List.of(), Map.of(), List.of());
	}

	ChunkInHand with(List<ReadyContent> taken) {
		return new ChunkInHand(this.tenant, this.campaign, this.chunk, taken, this.parts, this.sends);
	}

	ChunkInHand decided(Map<ProfileId, Part> assigned, List<CampaignSend> decided) {
		return new ChunkInHand(this.tenant, this.campaign, this.chunk, this.words, assigned, decided);
	}

}
