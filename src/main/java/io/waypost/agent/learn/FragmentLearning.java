package io.waypost.agent.learn;

import java.time.Clock;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.waypost.agent.write.FragmentPosteriors;
import io.waypost.kernel.ClockTicker;
import io.waypost.kernel.TenantId;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * What each tenant has learned about its text fragments. Kept for some minutes, so that
 * the messages of a batch do not read it again.
 */
@Component
@EnableConfigurationProperties(LearningSettings.class)
public class FragmentLearning {

	private static final int TENANTS = 1_000;

	private final LoadingCache<TenantId, LearnedPosteriors> posteriors;

	FragmentLearning(FragmentOutcomeRepository repository, LearningSettings settings, Clock clock) {
		this.posteriors = Caffeine.newBuilder()
			.maximumSize(TENANTS)
			.expireAfterWrite(Duration.ofMinutes(5))
			.ticker(new ClockTicker(clock))
			.build((tenant) -> new LearnedPosteriors(repository.all(tenant), settings.priorMessages()));
	}

	/**
	 * Returns the posteriors of a tenant. Call it in the scope of the tenant.
	 * @param tenant the tenant
	 * @return posteriors that do not change; without messages all fragments have the same
	 */
	public FragmentPosteriors of(TenantId tenant) {
		return learned(tenant);
	}

	LearnedPosteriors learned(TenantId tenant) {
		return this.posteriors.get(tenant);
	}

	void invalidate(TenantId tenant) {
		this.posteriors.invalidate(tenant);
	}

}
