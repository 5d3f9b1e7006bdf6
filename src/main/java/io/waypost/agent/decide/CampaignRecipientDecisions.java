package io.waypost.agent.decide;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.waypost.agent.CampaignRecipient;
import io.waypost.agent.ContentBrief;
import io.waypost.agent.Planner;
import io.waypost.agent.RecipientDecision;
import io.waypost.agent.archetype.ArchetypeAssigner;
import io.waypost.agent.archetype.ArchetypeClassifier;
import io.waypost.agent.archetype.ArchetypeContentIndex;
import io.waypost.agent.archetype.ArchetypeKey;
import io.waypost.agent.archetype.ReviewedContent;
import io.waypost.delivery.CampaignSend;
import io.waypost.delivery.SendStatus;
import io.waypost.feature.FeatureValue;
import io.waypost.feature.Features;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * Turns decisions about recipients into sends of a campaign: adds content and
 * explanation. The part of the explanation that is about the content is stored with the
 * content.
 */
public final class CampaignRecipientDecisions {

	private static final Set<String> FEATURES_USED = Set.of("stage", "average_order_value", "time_zone");

	private final ContentBrief brief;

	private final ArchetypeAssigner assigner;

	private final ArchetypeContentIndex contents;

	private final RecipientDecider decider;

	private final Instant now;

	public CampaignRecipientDecisions(ContentBrief brief, ArchetypeAssigner assigner, ArchetypeContentIndex contents,
			RecipientDecider decider, Instant now) {
		this.brief = brief;
		this.assigner = assigner;
		this.contents = contents;
		this.decider = decider;
		this.now = now;
	}

	public CampaignSend decide(CampaignRecipient recipient, RecipientFacts facts) {
		Map<String, Object> explanation = new LinkedHashMap<>();
		if (!recipient.assignment().isEmpty()) {
			explanation.put("assignment", recipient.assignment());
		}
		RecipientDecision permission = RecipientDecider.permission(facts.permission(), this.now);
		explanation.putAll(permission.explanation());
		if (permission instanceof RecipientDecision.Withhold(String reason, Map<String, Object> explained)) {
			return withheld(facts.recipient(), null, recipient, reason, explanation);
		}
		Features features = Objects.requireNonNull(facts.features(),
				"every profile has features, even if they are empty");
		ArchetypeKey key = this.assigner.key(facts.profile(), features);
		ReviewedContent content = this.contents.require(key, recipient.variant());
		explanation.put("features", features(features));
		if (!content.archetype().equals(key.toString())) {
			explanation.put("ownArchetype", key.toString());
		}
		if (content.withheld() != null) {
			return withheld(facts.recipient(), content, recipient, content.withheld(), explanation);
		}
		return timed(recipient, content, facts, explanation);
	}

	private CampaignSend timed(CampaignRecipient recipient, ReviewedContent content, RecipientFacts facts,
			Map<String, Object> explanation) {
		RecipientDecision decision = this.decider.sendWindow(facts);
		explanation.putAll(decision.explanation());
		return switch (decision) {
			case RecipientDecision.Send send -> new CampaignSend(facts.recipient(), content.content(),
					recipient.variant(), SendStatus.QUEUED, null, send.notBefore(), null, explanation);
			case RecipientDecision.Withhold withhold ->
				withheld(facts.recipient(), content, recipient, withhold.reason(), explanation);
			case RecipientDecision.Defer defer -> new CampaignSend(facts.recipient(), content.content(),
					recipient.variant(), SendStatus.DEFERRED, defer.reason(), null, defer.until(), explanation);
		};
	}

	private static CampaignSend withheld(ProfileId survivor, @Nullable ReviewedContent content,
			CampaignRecipient recipient, String reason, Map<String, Object> explanation) {
		return new CampaignSend(survivor, (content != null) ? content.content() : null, recipient.variant(),
				SendStatus.WITHHELD, reason, null, null, explanation);
	}

	private List<Map<String, Object>> features(Features features) {
		List<Map<String, Object>> used = new ArrayList<>(4);
		for (FeatureValue feature : features.values()) {
			Object value = feature.value();
			if (value != null && FEATURES_USED.contains(feature.name())) {
				used.add(Planner.featureEntry(feature, value));
			}
			else if (feature.name().equals("category_affinity") && value != null && this.brief.category() == null) {
				String category = ArchetypeClassifier.topCategory(features);
				used.add(Planner.featureEntry(feature,
						Map.of(category, features.categoryAffinity().getOrDefault(category, 0.0))));
			}
			else if (feature.name().equals("engaged_hours") && value != null && this.brief.bestHourWithin() != null) {
				used.add(Planner.featureEntry(feature, value));
			}
		}
		return used;
	}

}
