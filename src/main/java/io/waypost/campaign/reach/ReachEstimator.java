package io.waypost.campaign.reach;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.waypost.agent.ContentBrief;
import io.waypost.agent.RecipientDecision;
import io.waypost.agent.RecipientDecisions;
import io.waypost.audience.Segments;
import io.waypost.campaign.Campaign;
import io.waypost.campaign.CampaignReach;
import io.waypost.campaign.brief.CampaignBriefValidator;
import io.waypost.campaign.chunk.ChunkRepository;
import io.waypost.campaign.content.ContentBriefFactory;
import io.waypost.campaign.experiment.ExperimentDesign;
import io.waypost.experiment.Assignment;
import io.waypost.experiment.Assignments;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Estimates the reach of a campaign with the checks of real sends: permission, frequency
 * caps, quiet hours and control groups. A large segment is sampled: with 5,000 profiles
 * the error of a share of one half is 1.4 percentage points (95 %).
 */
@Component
public class ReachEstimator {

	private static final int SAMPLE_SIZE = 5_000;

	private static final int BATCH_SIZE = 1_000;

	private final CampaignBriefValidator briefValidator;

	private final ExperimentDesign design;

	private final Segments segments;

	private final RecipientDecisions recipientDecisions;

	private final Assignments assignments;

	private final Clock clock;

	ReachEstimator(CampaignBriefValidator briefValidator, ExperimentDesign design, Segments segments,
			RecipientDecisions recipientDecisions, Assignments assignments, Clock clock) {
		this.briefValidator = briefValidator;
		this.design = design;
		this.segments = segments;
		this.recipientDecisions = recipientDecisions;
		this.assignments = assignments;
		this.clock = clock;
	}

	public CampaignReach estimate(TenantId tenant, Campaign campaign) {
		Segments.SegmentSample drawn = this.segments.sample(tenant,
				this.briefValidator.definition(tenant, campaign.brief()), SAMPLE_SIZE);
		Map<ProfileId, RecipientDecision> decided = preview(tenant, campaign, drawn.people());
		Map<ProfileId, Assignment> assigned = assigned(tenant, campaign, List.copyOf(decided.keySet()));
		Map<String, Long> withheld = new TreeMap<>();
		Map<String, Long> later = new TreeMap<>();
		long heldOut = 0;
		for (Map.Entry<ProfileId, RecipientDecision> person : decided.entrySet()) {
			if (person.getValue() instanceof RecipientDecision.Withhold withhold) {
				withheld.merge(withhold.reason(), 1L, Long::sum);
			}
			else if (Objects.requireNonNull(assigned.get(person.getKey())).heldOut()) {
				heldOut++;
			}
			else if (person.getValue() instanceof RecipientDecision.Defer defer) {
				later.merge(defer.reason(), 1L, Long::sum);
			}
		}
		double weight = (double) drawn.size() / Math.max(1, decided.size());
		scale(withheld, weight);
		scale(later, weight);
		long out = Math.round(heldOut * weight);
		long held = withheld.values().stream().mapToLong(Long::longValue).sum();
		return new CampaignReach(campaign.brief().segment(), drawn.size(), Math.max(0, drawn.size() - held - out),
				withheld, out, later, decided.size(), this.clock.instant());
	}

	private Map<ProfileId, RecipientDecision> preview(TenantId tenant, Campaign campaign, List<ProfileId> people) {
		ContentBrief brief = ContentBriefFactory.of(campaign, ChunkRepository.ChunkPhase.ROLLOUT);
		Map<ProfileId, RecipientDecision> decided = LinkedHashMap.newLinkedHashMap(people.size());
		for (int from = 0; from < people.size(); from += BATCH_SIZE) {
			this.recipientDecisions
				.preview(tenant, brief, people.subList(from, Math.min(from + BATCH_SIZE, people.size())))
				.forEach(decided::putIfAbsent);
		}
		return decided;
	}

	private Map<ProfileId, Assignment> assigned(TenantId tenant, Campaign campaign, List<ProfileId> people) {
		List<Assignment> assignments = this.assignments.preview(tenant, this.design.of(tenant, campaign), people);
		Map<ProfileId, Assignment> assigned = HashMap.newHashMap(people.size());
		for (int at = 0; at < people.size(); at++) {
			assigned.put(people.get(at), assignments.get(at));
		}
		return assigned;
	}

	private static void scale(Map<String, Long> counts, double weight) {
		counts.replaceAll((reason, people) -> Math.round(people * weight));
	}

}
