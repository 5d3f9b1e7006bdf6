package io.waypost.campaign.chunk;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.waypost.agent.archetype.ReviewedContent;
import io.waypost.campaign.Campaign;
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
public record ChunkState(TenantId tenant, Campaign campaign, ChunkRepository.Chunk chunk,
		List<ReviewedContent> contents, Map<ProfileId, RecipientAssignment> assignments, List<CampaignSend> sends) {

	/**
	 * A part in the experiment.
	 *
	 * @param assignment what the person gets
	 * @param at when, for a message that waits for its hour; null for now
	 * @param spent what the person had spent before
	 */
	record RecipientAssignment(Assignment assignment, @Nullable Instant at, @Nullable Double spent) {

	}

	public static ChunkState of(TenantId tenant, Campaign campaign, ChunkRepository.Chunk chunk) {
		return new ChunkState(tenant, campaign, chunk, List.of(), Map.of(), List.of());
	}

	public ChunkState with(List<ReviewedContent> taken) {
		return new ChunkState(this.tenant, this.campaign, this.chunk, taken, this.assignments, this.sends);
	}

	ChunkState decided(Map<ProfileId, RecipientAssignment> assigned, List<CampaignSend> decided) {
		return new ChunkState(this.tenant, this.campaign, this.chunk, this.contents, assigned, decided);
	}

}
