package io.waypost.agent;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.consent.Permission;
import io.waypost.consent.PermissionGate;
import io.waypost.delivery.CampaignSend;
import io.waypost.delivery.Deliveries;
import io.waypost.delivery.RecentSends;
import io.waypost.feature.FeatureStore;
import io.waypost.feature.Features;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Decides for each person of a campaign which words they get, whether they may be written
 * to, and when. What a whole chunk needs is read at once; a person costs no statement.
 */
@Component
public class Personaliser {

	private final Profiles profiles;

	private final FeatureStore features;

	private final PermissionGate permissions;

	private final Deliveries deliveries;

	private final Throttling throttling;

	private final LearnedTimes times;

	private final Wording wording;

	private final AgentSettings settings;

	private final MeterRegistry meters;

	private final Clock clock;

	Personaliser(Profiles profiles, FeatureStore features, PermissionGate permissions, Deliveries deliveries,
			Throttling throttling, LearnedTimes times, Wording wording, AgentSettings settings, MeterRegistry meters,
			Clock clock) {
		this.profiles = profiles;
		this.features = features;
		this.permissions = permissions;
		this.deliveries = deliveries;
		this.throttling = throttling;
		this.times = times;
		this.wording = wording;
		this.settings = settings;
		this.meters = meters;
		this.clock = clock;
	}

	/**
	 * Decides about the people of a chunk. The number of statements does not depend on
	 * how many they are.
	 * @param tenant whose people
	 * @param brief what they are to be told
	 * @param contents the words of the campaign and what was decided about them
	 * @param people best 500 to 1,000
	 * @return one decision for each person, in their order, with the id that is left
	 * after all merges; of two that were merged into one the first counts
	 * @throws IllegalArgumentException when a person's variant has no words in the
	 * person's archetype
	 */
	public List<CampaignSend> personalise(TenantId tenant, CampaignBrief brief, List<ReadyContent> contents,
			List<CampaignPerson> people) {
		List<ProfileId> ids = people.stream().map(CampaignPerson::profile).toList();
		Map<ProfileId, Profile> known = this.profiles.read(tenant, ids);
		Map<ProfileId, Features> features = this.features.online(tenant, ids);
		Map<ProfileId, Permission> permitted = this.permissions.foresee(tenant, brief.topic(), ids, known);
		Instant now = this.clock.instant();
		List<ProfileId> survivors = ids.stream().map((id) -> survivor(id, known)).toList();
		Map<ProfileId, RecentSends> sent = this.deliveries.recent(tenant, survivors, now);
		Timing timing = new Timing(brief, now, this.throttling, this.times.of(tenant));
		PersonalDecisions decisions = new PersonalDecisions(brief,
				new Placement(tenant, brief, this.wording, this.settings), new ContentIndex(contents), timing,
				this.settings, now);
		List<CampaignSend> sends = new ArrayList<>(people.size());
		Set<ProfileId> seen = HashSet.newHashSet(people.size());
		for (CampaignPerson person : people) {
			ProfileId survivor = survivor(person.profile(), known);
			if (seen.add(survivor)) {
				sends.add(decisions.decide(survivor, person,
						new PersonalFacts(known.get(person.profile()),
								Objects.requireNonNull(features.get(person.profile())), permitted.get(person.profile()),
								sent.getOrDefault(survivor, RecentSends.NONE))));
			}
		}
		count(sends);
		return sends;
	}

	private static ProfileId survivor(ProfileId asked, Map<ProfileId, Profile> known) {
		Profile profile = known.get(asked);
		return (profile != null) ? profile.id() : asked;
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

	private void count(String outcome, long people) {
		this.meters.counter("waypost.agent.person.decide", "outcome", outcome).increment(people);
	}

}
