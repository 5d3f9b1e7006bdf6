package io.waypost.agent.timing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.agent.AgentSettings;
import io.waypost.feature.FeatureStore;
import io.waypost.feature.Features;
import io.waypost.kernel.ClockTicker;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Trains the send-time model of each tenant once an hour from a sample of profiles. */
@Component
public class SendTimeModels {

	private static final int SAMPLE_SIZE = 5_000;

	private static final int CACHED_TENANTS = 1_000;

	private final Cache<TenantId, SendTimeModel> models;

	private final FeatureStore features;

	private final AgentSettings settings;

	private final Clock clock;

	SendTimeModels(FeatureStore features, AgentSettings settings, Clock clock) {
		this.features = features;
		this.settings = settings;
		this.clock = clock;
		this.models = Caffeine.newBuilder()
			.maximumSize(CACHED_TENANTS)
			.expireAfterWrite(Duration.ofHours(1))
			.ticker(new ClockTicker(clock))
			.build();
	}

	/** Returns the model of a tenant, at most an hour old. */
	public SendTimeModel forTenant(TenantId tenant) {
		return this.models.get(tenant, this::train);
	}

	private SendTimeModel train(TenantId tenant) {
		Instant now = this.clock.instant();
		List<SendTimeModel.EngagementHistory> people = this.features.sample(tenant, SAMPLE_SIZE)
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
	 * Returns the current offset of a zone from UTC in whole hours. With daylight saving
	 * time half of a year's counts are one hour off, which the width of the daily curve
	 * tolerates.
	 */
	static int offset(ZoneId zone, Instant now) {
		return Math.round(zone.getRules().getOffset(now).getTotalSeconds() / 3600f);
	}

}
