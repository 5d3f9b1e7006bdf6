package io.waypost.agent;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.archetype.ArchetypeAssigner;
import io.waypost.agent.archetype.ArchetypeClassifier;
import io.waypost.agent.archetype.ArchetypeContentIndex;
import io.waypost.agent.archetype.ArchetypeKey;
import io.waypost.agent.archetype.ReviewedContent;
import io.waypost.agent.timing.SendTimeSelector;
import io.waypost.agent.timing.SendWindow;
import io.waypost.agent.timing.Throttling;
import io.waypost.consent.SendPermission;
import io.waypost.delivery.CampaignSend;
import io.waypost.delivery.SendStatus;
import io.waypost.feature.FeatureValue;
import io.waypost.feature.Features;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one person after the other from what was read for all of them. What an
 * explanation says is written once: the words' own part lies with the words.
 */
final class CampaignRecipientDecisions {

	private static final Set<String> FEATURES_USED = Set.of("stage", "average_order_value", "time_zone");

	private final ContentBrief brief;

	private final ArchetypeAssigner placement;

	private final ArchetypeContentIndex contents;

	private final SendTimeSelector timing;

	private final AgentSettings settings;

	private final Instant now;

	CampaignRecipientDecisions(ContentBrief brief, ArchetypeAssigner placement, ArchetypeContentIndex contents,
			SendTimeSelector timing, AgentSettings settings, Instant now) {
		this.brief = brief;
		this.placement = placement;
		this.contents = contents;
		this.timing = timing;
		this.settings = settings;
		this.now = now;
	}

	CampaignSend decide(ProfileId survivor, CampaignRecipient person, RecipientFacts facts) {
		Map<String, Object> explanation = new LinkedHashMap<>();
		if (!person.assignment().isEmpty()) {
			explanation.put("assignment", person.assignment());
		}
		String refused = permission(facts.permission(), explanation);
		if (refused != null) {
			return withheld(survivor, null, person, refused, explanation);
		}
		ArchetypeKey key = this.placement.key(facts.profile(), facts.features());
		ReviewedContent content = this.contents.require(key, person.variant());
		explanation.put("features", features(facts.features()));
		if (!content.archetype().equals(key.toString())) {
			explanation.put("ownArchetype", key.toString());
		}
		if (content.withheld() != null) {
			return withheld(survivor, content, person, content.withheld(), explanation);
		}
		return timed(survivor, person, content, facts, explanation);
	}

	/** What would be decided of {@link #decide}, whatever the words. */
	DecisionPreview preview(ProfileId survivor, RecipientFacts facts) {
		String refused = permission(facts.permission(), new LinkedHashMap<>());
		if (refused != null) {
			return new DecisionPreview(survivor, SendStatus.WITHHELD, refused);
		}
		ZoneId zone = this.settings.zone(facts.profile(), facts.features());
		Throttling.ThrottlingResult ruling = this.timing.select(survivor, zone, facts, 0).result();
		return switch (ruling.action()) {
			case SEND -> new DecisionPreview(survivor, SendStatus.QUEUED, null);
			case STOP -> new DecisionPreview(survivor, SendStatus.WITHHELD, ruling.reason());
			case DEFER -> new DecisionPreview(survivor, SendStatus.DEFERRED, ruling.reason());
		};
	}

	private CampaignSend timed(ProfileId survivor, CampaignRecipient person, ReviewedContent content,
			RecipientFacts facts, Map<String, Object> explanation) {
		ZoneId zone = this.settings.zone(facts.profile(), facts.features());
		SendTimeSelector.SelectedTime when = this.timing.select(survivor, zone, facts, person.deferrals());
		Map<String, Object> throttling = when.result().explained(when.input(), zone);
		explanation.put("throttling", throttling);
		if (when.explanation() != null) {
			explanation.put("timing", when.explanation());
		}
		String reason = when.result().reason();
		return switch (when.result().action()) {
			case SEND -> new CampaignSend(survivor, content.content(), person.variant(), SendStatus.QUEUED, null,
					when.at(), null, explanation);
			case STOP -> withheld(survivor, content, person, reason, explanation);
			case DEFER -> {
				Instant until = SendWindow.next(this.now, zone, when.result().resumeHour());
				throttling.put("deferrals", person.deferrals() + 1);
				throttling.put("until", until.toString());
				yield new CampaignSend(survivor, content.content(), person.variant(), SendStatus.DEFERRED, reason, null,
						until, explanation);
			}
		};
	}

	/** No answer is no permission. */
	private @Nullable String permission(@Nullable SendPermission permission, Map<String, Object> explanation) {
		return switch (permission) {
			case null -> "unknown";
			case SendPermission.Granted granted -> {
				explanation.put("permission",
						ExplanationSections.permission("GRANTED", null, granted.decision(), this.now));
				yield null;
			}
			case SendPermission.Withheld withheld -> {
				explanation.put("permission",
						ExplanationSections.permission("WITHHELD", withheld.reason(), withheld.decision(), this.now));
				yield withheld.reason();
			}
		};
	}

	private static CampaignSend withheld(ProfileId survivor, @Nullable ReviewedContent content,
			CampaignRecipient person, String reason, Map<String, Object> explanation) {
		return new CampaignSend(survivor, (content != null) ? content.content() : null, person.variant(),
				SendStatus.WITHHELD, reason, null, null, explanation);
	}

	private List<Map<String, Object>> features(Features known) {
		List<Map<String, Object>> used = new ArrayList<>(4);
		for (FeatureValue feature : known.values()) {
			Object value = feature.value();
			if (value != null && FEATURES_USED.contains(feature.name())) {
				used.add(Planner.featureEntry(feature, value));
			}
			else if (feature.name().equals("category_affinity") && value != null && this.brief.category() == null) {
				String leaning = ArchetypeClassifier.topCategory(known);
				used.add(Planner.featureEntry(feature,
						Map.of(leaning, known.categoryAffinity().getOrDefault(leaning, 0.0))));
			}
			else if (feature.name().equals("engaged_hours") && value != null && this.brief.bestHourWithin() != null) {
				used.add(Planner.featureEntry(feature, value));
			}
		}
		return used;
	}

}
