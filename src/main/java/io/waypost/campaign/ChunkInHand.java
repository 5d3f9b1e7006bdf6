package io.waypost.campaign;

import java.util.List;
import java.util.Map;

import io.waypost.agent.ReadyContent;
import io.waypost.delivery.CampaignSend;
import io.waypost.experiment.Assignment;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

/**
 * A chunk on its way through the steps of its process.
 *
 * @param tenant whose
 * @param campaign which campaign
 * @param chunk which chunk
 * @param words the words that may be sent, once taken
 * @param assignments what each person gets in the experiment, once decided
 * @param sends what was decided for each person
 */
record ChunkInHand(TenantId tenant, Campaign campaign, ChunkRows.Chunk chunk, List<ReadyContent> words,
		Map<ProfileId, Assignment> assignments, List<CampaignSend> sends) {

	static ChunkInHand of(TenantId tenant, Campaign campaign, ChunkRows.Chunk chunk) {
		return new ChunkInHand(tenant, campaign, chunk, List.of(), Map.of(), List.of());
	}

	ChunkInHand with(List<ReadyContent> taken) {
		return new ChunkInHand(this.tenant, this.campaign, this.chunk, taken, this.assignments, this.sends);
	}

	ChunkInHand decided(Map<ProfileId, Assignment> assigned, List<CampaignSend> decided) {
		return new ChunkInHand(this.tenant, this.campaign, this.chunk, this.words, assigned, decided);
	}

}
