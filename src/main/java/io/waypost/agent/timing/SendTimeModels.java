package io.waypost.agent.timing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.agent.AgentSettings;
import io.waypost.feature.FeatureStore;
import io.waypost.feature.Features;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** What is known of the hours at which a tenant's people answer, learned once an hour. */
@Component
public class SendTimeModels {

	private static final int PEOPLE = 5_000;

	private static final Duration SHELF_LIFE = Duration.ofHours(1);

	private final Map<TenantId, LearnedModel> learned = new ConcurrentHashMap<>();

	private final FeatureStore features;

	private final AgentSettings settings;

	private final Clock clock;

	SendTimeModels(FeatureStore features, AgentSettings settings, Clock clock) {
		this.features = features;
		this.settings = settings;
		this.clock = clock;
	}

	public SendTimeModel forTenant(TenantId tenant) {
		Instant now = this.clock.instant();
		LearnedModel known = this.learned.get(tenant);
		if (known == null || Duration.between(known.at(), now).abs().compareTo(SHELF_LIFE) > 0) {
			known = new LearnedModel(learn(tenant, now), now);
			this.learned.put(tenant, known);
		}
		return known.times();
	}

	private SendTimeModel learn(TenantId tenant, Instant now) {
		List<SendTimeModel.EngagementHistory> people = this.features.sample(tenant, PEOPLE)
			.stream()
			.filter((person) -> person.engagedHours().total() > 0)
			.map((person) -> history(person, now))
			.toList();
		return SendTimeModel.learn(people);
	}

	private SendTimeModel.EngagementHistory history(Features person, Instant now) {
		ZoneId zone = this.settings.zone(null, person);
		return new SendTimeModel.EngagementHistory(zone.getId(), person.engagedHours().local(offset(zone, now)));
	}

	/**
	 * Whole hours a zone is ahead of UTC now. Half of a year's counts lie an hour off
	 * where clocks are changed; the wave of a day is wider than that.
	 */
	static int offset(ZoneId zone, Instant now) {
		return Math.round(zone.getRules().getOffset(now).getTotalSeconds() / 3600f);
	}

	private record LearnedModel(SendTimeModel times, Instant at) {

	}

}
