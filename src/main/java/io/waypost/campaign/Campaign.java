package io.waypost.campaign;

import java.time.Instant;

import io.waypost.audience.AudienceId;
import io.waypost.kernel.CampaignId;
import org.jspecify.annotations.Nullable;

/**
 * A campaign and where it stands.
 *
 * @param id its id
 * @param brief what is wanted
 * @param topic which consent its messages need, by its template
 * @param status where it stands
 * @param reason why it stands there, a short code; null when the status says it all
 * @param audience whom it was frozen with, null before
 * @param size how many people that are
 * @param processInstance the engine's id, null before the launch
 * @param createdBy who described it
 * @param createdAt when
 * @param launchedAt when it was launched
 * @param endedAt when it was completed, cancelled or failed
 */
public record Campaign(CampaignId id, CampaignBrief brief, String topic, CampaignStatus status, @Nullable String reason,
		@Nullable AudienceId audience, int size, @Nullable String processInstance, String createdBy, Instant createdAt,
		@Nullable Instant launchedAt, @Nullable Instant endedAt) {

}
