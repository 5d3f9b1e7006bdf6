package io.waypost.campaign;

import java.time.Instant;

import io.waypost.audience.AudienceId;
import io.waypost.kernel.CampaignId;
import org.jspecify.annotations.Nullable;

/**
 * A campaign and its status.
 *
 * @param id id of the campaign
 * @param brief the brief
 * @param topic subscription topic of its template
 * @param status current status
 * @param reason short code for the status; null when the status needs none
 * @param audience the frozen audience, null before it is frozen
 * @param size number of recipients; estimated before the audience is frozen
 * @param processInstance id of the process instance, null before the launch
 * @param createdBy user who created it, as recorded in the ledger
 * @param createdAt time of creation
 * @param launchedAt time of launch, null before
 * @param endedAt time at which it was completed, cancelled or failed; null before
 */
public record Campaign(CampaignId id, CampaignBrief brief, String topic, CampaignStatus status, @Nullable String reason,
		@Nullable AudienceId audience, int size, @Nullable String processInstance, String createdBy, Instant createdAt,
		@Nullable Instant launchedAt, @Nullable Instant endedAt) {

}
