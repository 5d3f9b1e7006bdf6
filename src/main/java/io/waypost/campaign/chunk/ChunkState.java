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
 * State of a chunk between the steps of its process.
 *
 * @param tenant the tenant
 * @param campaign the campaign
 * @param chunk the chunk
 * @param contents the reviewed content, after it was loaded
 * @param assignments experiment assignment by recipient, after the decision
 * @param sends the decided sends
 */
public record ChunkState(TenantId tenant, Campaign campaign, ChunkRepository.Chunk chunk,
		List<ReviewedContent> contents, Map<ProfileId, RecipientAssignment> assignments, List<CampaignSend> sends) {

	/**
	 * A recipient's part in the experiment.
	 *
	 * @param assignment the assignment
	 * @param at send time of an optimised message; null for now
	 * @param spent previous spend of the recipient
	 */
	record RecipientAssignment(Assignment assignment, @Nullable Instant at, @Nullable Double spent) {

	}

	public static ChunkState of(TenantId tenant, Campaign campaign, ChunkRepository.Chunk chunk) {
		return new ChunkState(tenant, campaign, chunk, List.of(), Map.of(), List.of());
	}

	public ChunkState with(List<ReviewedContent> loaded) {
		return new ChunkState(this.tenant, this.campaign, this.chunk, loaded, this.assignments, this.sends);
	}

	ChunkState decided(Map<ProfileId, RecipientAssignment> assigned, List<CampaignSend> decided) {
		return new ChunkState(this.tenant, this.campaign, this.chunk, this.contents, assigned, decided);
	}

}
