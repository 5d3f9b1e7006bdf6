package io.waypost.campaign;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.waypost.experiment.ExperimentResults;
import io.waypost.experiment.Experiments;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Creates the API responses of campaigns. */
@Component
class CampaignViews {

	private final CampaignProgressReader progress;

	private final Experiments experiments;

	CampaignViews(CampaignProgressReader progress, Experiments experiments) {
		this.progress = progress;
		this.experiments = experiments;
	}

	CampaignDetail detail(TenantId tenant, Campaign campaign) {
		CampaignProgress progress = this.progress.of(tenant, campaign);
		Map<String, Long> counts = progress.counts()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().people()));
		Map<String, Map<String, Long>> reasons = progress.counts()
			.entrySet()
			.stream()
			.filter((entry) -> !entry.getValue().reasons().isEmpty())
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().reasons()));
		return new CampaignDetail(campaign.id(), campaign.brief().name(), CampaignRepository.name(campaign.status()),
				campaign.reason(), CampaignRequest.of(campaign.brief()), AudienceSummary.of(campaign), counts, reasons,
				new ChunkSummary(progress.chunks(), progress.chunksDone(), progress.chunksFailed()),
				this.experiments.read(tenant, CampaignExperiments.key(campaign.id())).orElse(null),
				campaign.processInstance(), campaign.createdBy(), campaign.createdAt(), campaign.launchedAt(),
				campaign.endedAt());
	}

	/** A campaign in a list. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record CampaignSummary(CampaignId id, String name, String status, @Nullable String reason, String template,
			String segment, int size, Instant createdAt, @Nullable Instant launchedAt, @Nullable Instant endedAt) {

		static CampaignSummary of(Campaign campaign) {
			return new CampaignSummary(campaign.id(), campaign.brief().name(),
					CampaignRepository.name(campaign.status()), campaign.reason(), campaign.brief().template(),
					campaign.brief().segment(), campaign.size(), campaign.createdAt(), campaign.launchedAt(),
					campaign.endedAt());
		}

	}

	/** A single campaign. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record CampaignDetail(CampaignId id, String name, String status, @Nullable String reason, CampaignRequest brief,
			@Nullable AudienceSummary audience, Map<String, Long> counts, Map<String, Map<String, Long>> reasons,
			ChunkSummary chunks, @Nullable ExperimentResults experiment, @Nullable String processInstanceId,
			String createdBy, Instant createdAt, @Nullable Instant launchedAt, @Nullable Instant endedAt) {

	}

	/**
	 * The frozen audience.
	 *
	 * @param id id of the audience
	 * @param segment segment from which it was frozen
	 * @param size number of recipients
	 */
	record AudienceSummary(String id, String segment, int size) {

		static @Nullable AudienceSummary of(Campaign campaign) {
			return (campaign.audience() == null) ? null
					: new AudienceSummary(campaign.audience().toString(), campaign.brief().segment(), campaign.size());
		}

	}

	/**
	 * Progress of the chunks.
	 *
	 * @param total number of chunks
	 * @param done number of completed chunks
	 * @param stuck number of failed chunks that wait for an operator
	 */
	record ChunkSummary(int total, int done, int stuck) {

	}

}
