package io.waypost.agent;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.consent.Permission;
import io.waypost.consent.PermissionGate;
import io.waypost.delivery.CampaignSend;
import io.waypost.delivery.Deliveries;
import io.waypost.delivery.RecentSends;
import io.waypost.feature.FeatureStore;
import io.waypost.feature.FeatureValue;
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
		return decide(tenant, brief, contents, people).sends();
	}

	/**
	 * What was decided, and what is good to know for measuring it.
	 *
	 * @param sends one decision for each person
	 * @param spent what each of them had spent so far, in their main currency
	 */
	public record Decided(List<CampaignSend> sends, Map<ProfileId, Double> spent) {

		public Decided {
			sends = List.copyOf(sends);
			spent = Map.copyOf(spent);
		}

	}

	/**
	 * Does what {@link #personalise} does.
	 * @param tenant whose people
	 * @param brief what they are to be told
	 * @param contents the words of the campaign and what was decided about them
	 * @param people best 500 to 1,000
	 * @return the decisions, and what these people had spent before
	 */
	public Decided decide(TenantId tenant, CampaignBrief brief, List<ReadyContent> contents,
			List<CampaignPerson> people) {
		Gathered gathered = gather(tenant, brief, people.stream().map(CampaignPerson::profile).toList());
		PersonalDecisions decisions = decisions(tenant, brief, contents);
		List<CampaignSend> sends = new ArrayList<>(people.size());
		Map<ProfileId, Double> spent = HashMap.newHashMap(people.size());
		for (CampaignPerson person : people) {
			ProfileId survivor = gathered.survivor(person.profile());
			PersonalFacts facts = gathered.facts(person.profile());
			if (spent.putIfAbsent(survivor, spent(facts.features())) == null) {
				sends.add(decisions.decide(survivor, person, facts));
			}
		}
		count(sends);
		return new Decided(sends, spent);
	}

	/**
	 * Tells what would be decided now, words apart: who may be written to, and when.
	 * @param tenant whose people
	 * @param brief what they are to be told
	 * @param people best 500 to 1,000
	 * @return one answer for each person; of two that were merged into one the first
	 * counts
	 */
	public List<Foreseen> foresee(TenantId tenant, CampaignBrief brief, List<ProfileId> people) {
		Gathered gathered = gather(tenant, brief, people);
		PersonalDecisions decisions = decisions(tenant, brief, List.of());
		Map<ProfileId, Foreseen> foreseen = LinkedHashMap.newLinkedHashMap(people.size());
		for (ProfileId person : people) {
			foreseen.computeIfAbsent(gathered.survivor(person),
					(survivor) -> decisions.foresee(survivor, gathered.facts(person)));
		}
		return List.copyOf(foreseen.values());
	}

	private PersonalDecisions decisions(TenantId tenant, CampaignBrief brief, List<ReadyContent> contents) {
		Instant now = this.clock.instant();
		return new PersonalDecisions(brief, new Placement(tenant, brief, this.wording, this.settings),
				new ContentIndex(contents), new Timing(brief, now, this.throttling, this.times.of(tenant)),
				this.settings, now);
	}

	private Gathered gather(TenantId tenant, CampaignBrief brief, List<ProfileId> ids) {
		Map<ProfileId, Profile> known = this.profiles.read(tenant, ids);
		Map<ProfileId, Features> features = this.features.online(tenant, ids);
		Map<ProfileId, Permission> permitted = this.permissions.foresee(tenant, brief.topic(), ids, known);
		List<ProfileId> survivors = ids.stream().map((id) -> Gathered.survivor(id, known)).toList();
		return new Gathered(known, features, permitted,
				this.deliveries.recent(tenant, survivors, this.clock.instant()));
	}

	/** What was read for all of them, by the ids asked for. */
	private record Gathered(Map<ProfileId, Profile> known, Map<ProfileId, Features> features,
			Map<ProfileId, Permission> permitted, Map<ProfileId, RecentSends> sent) {

		ProfileId survivor(ProfileId asked) {
			return survivor(asked, this.known);
		}

		PersonalFacts facts(ProfileId asked) {
			return new PersonalFacts(this.known.get(asked), Objects.requireNonNull(this.features.get(asked)),
					this.permitted.get(asked), this.sent.getOrDefault(survivor(asked), RecentSends.NONE));
		}

		static ProfileId survivor(ProfileId asked, Map<ProfileId, Profile> known) {
			Profile profile = known.get(asked);
			return (profile != null) ? profile.id() : asked;
		}

	}

	private static double spent(Features features) {
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

	private void count(String outcome, long people) {
		this.meters.counter("waypost.agent.person.decide", "outcome", outcome).increment(people);
	}

}
