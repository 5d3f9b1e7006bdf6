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

/** Campaigns as the API shows them. */
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
				campaign.reason(), campaign.brief(), AudienceSummary.of(campaign), counts, reasons,
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

	/** A campaign by itself. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record CampaignDetail(CampaignId id, String name, String status, @Nullable String reason, CampaignBrief brief,
			@Nullable AudienceSummary audience, Map<String, Long> counts, Map<String, Map<String, Long>> reasons,
			ChunkSummary chunks, @Nullable ExperimentResults experiment, @Nullable String processInstanceId,
			String createdBy, Instant createdAt, @Nullable Instant launchedAt, @Nullable Instant endedAt) {

	}

	/**
	 * Whom it was frozen with.
	 *
	 * @param id of the audience
	 * @param segment it answered
	 * @param size people in it
	 */
	record AudienceSummary(String id, String segment, int size) {

		static @Nullable AudienceSummary of(Campaign campaign) {
			return (campaign.audience() == null) ? null
					: new AudienceSummary(campaign.audience().toString(), campaign.brief().segment(), campaign.size());
		}

	}

	/**
	 * Pieces of work.
	 *
	 * @param total how many there are
	 * @param done how many are done
	 * @param stuck how many wait for an operator
	 */
	record ChunkSummary(int total, int done, int stuck) {

	}

}
