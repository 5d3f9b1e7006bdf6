package io.waypost.agent;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.agent.archetype.ArchetypeAssigner;
import io.waypost.agent.archetype.ArchetypeContentIndex;
import io.waypost.agent.archetype.ReviewedContent;
import io.waypost.agent.decide.CampaignRecipientDecisions;
import io.waypost.agent.decide.RecipientDecider;
import io.waypost.agent.decide.RecipientFacts;
import io.waypost.agent.timing.QuietHoursAndCaps;
import io.waypost.agent.timing.SendTimeModels;
import io.waypost.agent.timing.SendTimeSelector;
import io.waypost.agent.write.TemplateSelector;
import io.waypost.consent.SendPermission;
import io.waypost.consent.SendPermissionEvaluator;
import io.waypost.delivery.CampaignSend;
import io.waypost.delivery.RecentSendCounts;
import io.waypost.delivery.RecentSends;
import io.waypost.feature.FeatureStore;
import io.waypost.feature.FeatureValue;
import io.waypost.feature.Features;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Decides for the recipients of a campaign which content they receive, whether they may
 * receive it, and when. Reads all data once per chunk, with no statement per recipient.
 */
@Component
public class RecipientDecisions {

	private final Profiles profiles;

	private final FeatureStore features;

	private final SendPermissionEvaluator permissions;

	private final RecentSends recent;

	private final QuietHoursAndCaps throttling;

	private final SendTimeModels times;

	private final TemplateSelector templateSelector;

	private final AgentSettings settings;

	private final MeterRegistry meters;

	private final Clock clock;

	RecipientDecisions(Profiles profiles, FeatureStore features, SendPermissionEvaluator permissions,
			RecentSends recent, QuietHoursAndCaps throttling, SendTimeModels times, TemplateSelector templateSelector,
			AgentSettings settings, MeterRegistry meters, Clock clock) {
		this.profiles = profiles;
		this.features = features;
		this.permissions = permissions;
		this.recent = recent;
		this.throttling = throttling;
		this.times = times;
		this.templateSelector = templateSelector;
		this.settings = settings;
		this.meters = meters;
		this.clock = clock;
	}

	/**
	 * Decided sends with the data for measuring their effect.
	 *
	 * @param sends one send per recipient
	 * @param spent previous spend of each recipient in the main currency
	 */
	public record DecidedSends(List<CampaignSend> sends, Map<ProfileId, Double> spent) {

		public DecidedSends {
			sends = List.copyOf(sends);
			spent = Map.copyOf(spent);
		}

	}

	/**
	 * Decides about the recipients of a chunk. The number of statements does not depend
	 * on the number of recipients.
	 * @param tenant the tenant
	 * @param brief the content brief
	 * @param contents the reviewed content of the campaign
	 * @param recipients the recipients, 500 to 1,000 for best performance
	 * @return one send per recipient in the same order, with the surviving profile id; of
	 * two merged profiles the first counts
	 * @throws IllegalArgumentException when there is no content for a recipient's
	 * archetype and variant
	 */
	public DecidedSends decide(TenantId tenant, ContentBrief brief, List<ReviewedContent> contents,
			List<CampaignRecipient> recipients) {
		RecipientData data = read(tenant, brief, recipients.stream().map(CampaignRecipient::profile).toList());
		Instant now = this.clock.instant();
		CampaignRecipientDecisions decisions = new CampaignRecipientDecisions(brief,
				new ArchetypeAssigner(tenant, brief, this.templateSelector, this.settings),
				new ArchetypeContentIndex(contents), decider(tenant, brief, now), now);
		List<CampaignSend> sends = new ArrayList<>(recipients.size());
		Map<ProfileId, Double> spent = HashMap.newHashMap(recipients.size());
		for (CampaignRecipient recipient : recipients) {
			RecipientFacts facts = data.facts(recipient.profile(), recipient.deferrals());
			if (spent.putIfAbsent(facts.recipient(), spent(facts.features())) == null) {
				sends.add(decisions.decide(recipient, facts));
			}
		}
		count(sends);
		return new DecidedSends(sends, spent);
	}

	/**
	 * Decides without content whether and when profiles may receive a message. Used for
	 * estimating reach.
	 * @param tenant the tenant
	 * @param brief the content brief
	 * @param ids the profiles, 500 to 1,000 for best performance
	 * @return one decision per profile, by the surviving profile id, in the same order
	 */
	public Map<ProfileId, RecipientDecision> preview(TenantId tenant, ContentBrief brief, List<ProfileId> ids) {
		RecipientData data = read(tenant, brief, ids);
		RecipientDecider decider = decider(tenant, brief, this.clock.instant());
		Map<ProfileId, RecipientDecision> decided = LinkedHashMap.newLinkedHashMap(ids.size());
		for (ProfileId id : ids) {
			RecipientFacts facts = data.facts(id, 0);
			decided.computeIfAbsent(facts.recipient(), (survivor) -> decider.decide(facts));
		}
		return decided;
	}

	private RecipientDecider decider(TenantId tenant, ContentBrief brief, Instant now) {
		return new RecipientDecider(
				new SendTimeSelector(tenant, brief, now, this.throttling, this.times.forTenant(tenant)), this.settings,
				now);
	}

	private RecipientData read(TenantId tenant, ContentBrief brief, List<ProfileId> ids) {
		Map<ProfileId, Profile> profilesById = this.profiles.read(tenant, ids);
		Map<ProfileId, Features> features = this.features.online(tenant, ids);
		Map<ProfileId, SendPermission> permissionsById = this.permissions.preview(tenant, brief.topic(), ids,
				profilesById);
		List<ProfileId> survivors = ids.stream().map((id) -> RecipientData.survivor(id, profilesById)).toList();
		return new RecipientData(profilesById, features, permissionsById,
				this.recent.count(tenant, survivors, this.clock.instant()));
	}

	/** Data of all recipients by the requested id. */
	private record RecipientData(Map<ProfileId, Profile> profilesById, Map<ProfileId, Features> features,
			Map<ProfileId, SendPermission> permissionsById, Map<ProfileId, RecentSendCounts> sent) {

		RecipientFacts facts(ProfileId id, int deferrals) {
			ProfileId survivor = survivor(id, this.profilesById);
			return new RecipientFacts(survivor, this.profilesById.get(id), this.features.get(id),
					this.permissionsById.get(id), this.sent.getOrDefault(survivor, RecentSendCounts.NONE), deferrals);
		}

		static ProfileId survivor(ProfileId id, Map<ProfileId, Profile> profilesById) {
			Profile profile = profilesById.get(id);
			return (profile != null) ? profile.id() : id;
		}

	}

	private static double spent(@Nullable Features features) {
		if (features == null) {
			return 0;
		}
		for (FeatureValue feature : features.values()) {
			if (feature.name().equals("monetary")) {
				return (feature.value() instanceof Number amount) ? amount.doubleValue() : 0;
			}
		}
		return 0;
	}

	private void count(List<CampaignSend> sends) {
		long queued = 0;
		long deferred = 0;
		for (CampaignSend send : sends) {
			switch (send.status()) {
				case QUEUED -> queued++;
				case DEFERRED -> deferred++;
				default -> {
				}
			}
		}
		count("queued", queued);
		count("deferred", deferred);
		count("withheld", sends.size() - queued - deferred);
	}

	private void count(String outcome, long recipients) {
		this.meters.counter("waypost.agent.recipient.decide", "outcome", outcome).increment(recipients);
	}

}
