package io.waypost.agent;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.consent.Permission;
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
final class PersonalDecisions {

	private static final Set<String> FEATURES_USED = Set.of("stage", "average_order_value", "time_zone");

	private final CampaignBrief brief;

	private final Placement placement;

	private final ContentIndex contents;

	private final Timing timing;

	private final AgentSettings settings;

	private final Instant now;

	PersonalDecisions(CampaignBrief brief, Placement placement, ContentIndex contents, Timing timing,
			AgentSettings settings, Instant now) {
		this.brief = brief;
		this.placement = placement;
		this.contents = contents;
		this.timing = timing;
		this.settings = settings;
		this.now = now;
	}

	CampaignSend decide(ProfileId survivor, CampaignPerson person, PersonalFacts facts) {
		Map<String, Object> explanation = new LinkedHashMap<>();
		if (!person.assignment().isEmpty()) {
			explanation.put("assignment", person.assignment());
		}
		String refused = permission(facts.permission(), explanation);
		if (refused != null) {
			return withheld(survivor, null, person, refused, explanation);
		}
		ArchetypeKey key = this.placement.key(facts.profile(), facts.features());
		ReadyContent content = this.contents.require(key, person.variant());
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
	Foreseen foresee(ProfileId survivor, PersonalFacts facts) {
		String refused = permission(facts.permission(), new LinkedHashMap<>());
		if (refused != null) {
			return new Foreseen(survivor, SendStatus.WITHHELD, refused);
		}
		ZoneId zone = this.settings.zone(facts.profile(), facts.features());
		Throttling.Ruling ruling = this.timing.decide(survivor, zone, facts, 0).ruling();
		return switch (ruling.decision()) {
			case SEND -> new Foreseen(survivor, SendStatus.QUEUED, null);
			case STOP -> new Foreseen(survivor, SendStatus.WITHHELD, ruling.reason());
			case DEFER -> new Foreseen(survivor, SendStatus.DEFERRED, ruling.reason());
		};
	}

	private CampaignSend timed(ProfileId survivor, CampaignPerson person, ReadyContent content, PersonalFacts facts,
			Map<String, Object> explanation) {
		ZoneId zone = this.settings.zone(facts.profile(), facts.features());
		Timing.When when = this.timing.decide(survivor, zone, facts, person.deferrals());
		Map<String, Object> throttling = when.ruling().explained(when.question(), zone);
		explanation.put("throttling", throttling);
		if (when.chosen() != null) {
			explanation.put("timing", when.chosen());
		}
		String reason = when.ruling().reason();
		return switch (when.ruling().decision()) {
			case SEND -> new CampaignSend(survivor, content.content(), person.variant(), SendStatus.QUEUED, null,
					when.at(), null, explanation);
			case STOP -> withheld(survivor, content, person, reason, explanation);
			case DEFER -> {
				Instant until = SendWindow.next(this.now, zone, when.ruling().resumeHour());
				throttling.put("deferrals", person.deferrals() + 1);
				throttling.put("until", until.toString());
				yield new CampaignSend(survivor, content.content(), person.variant(), SendStatus.DEFERRED, reason, null,
						until, explanation);
			}
		};
	}

	/** No answer is no permission. */
	private @Nullable String permission(@Nullable Permission permission, Map<String, Object> explanation) {
		return switch (permission) {
			case null -> "unknown";
			case Permission.Granted granted -> {
				explanation.put("permission", Sections.permission("GRANTED", null, granted.proof(), this.now));
				yield null;
			}
			case Permission.Withheld withheld -> {
				explanation.put("permission",
						Sections.permission("WITHHELD", withheld.reason(), withheld.proof(), this.now));
				yield withheld.reason();
			}
		};
	}

	private static CampaignSend withheld(ProfileId survivor, @Nullable ReadyContent content, CampaignPerson person,
			String reason, Map<String, Object> explanation) {
		return new CampaignSend(survivor, (content != null) ? content.content() : null, person.variant(),
				SendStatus.WITHHELD, reason, null, null, explanation);
	}

	private List<Map<String, Object>> features(Features known) {
		List<Map<String, Object>> used = new ArrayList<>(4);
		for (FeatureValue feature : known.values()) {
			Object value = feature.value();
			if (value != null && FEATURES_USED.contains(feature.name())) {
				used.add(Planner.used(feature, value));
			}
			else if (feature.name().equals("category_affinity") && value != null && this.brief.category() == null) {
				String leaning = ArchetypeReader.leaning(known);
				used.add(Planner.used(feature, Map.of(leaning, known.categoryAffinity().getOrDefault(leaning, 0.0))));
			}
			else if (feature.name().equals("engaged_hours") && value != null && this.brief.bestHourWithin() != null) {
				used.add(Planner.used(feature, value));
			}
		}
		return used;
	}

}
