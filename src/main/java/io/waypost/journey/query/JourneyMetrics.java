package io.waypost.journey.query;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.waypost.database.TenantScope;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gauges of what waits: jobs that could run, jobs without retries, open incidents, runs
 * and messages that the engine does not have yet. Each number is read from the database
 * at most once in ten seconds, however often it is scraped.
 */
@Component
class JourneyMetrics implements MeterBinder {

	private static final Duration CACHE_DURATION = Duration.ofSeconds(10);

	private final ManagementService management;

	private final RuntimeService runtime;

	private final JdbcClient jdbc;

	/** The numbers read in the last ten seconds, by the name of their metric. */
	private final Cache<String, Long> numbers;

	JourneyMetrics(ManagementService management, RuntimeService runtime, JdbcClient jdbc, Clock clock) {
		this.management = management;
		this.runtime = runtime;
		this.jdbc = jdbc;
		this.numbers = Caffeine.newBuilder()
			.maximumSize(20)
			.expireAfterWrite(CACHE_DURATION)
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
			.build();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, "waypost.journey.jobs.waiting", "Jobs that could run now",
				() -> this.management.createJobQuery().executable().count());
		gauge(registry, "waypost.journey.jobs.failed", "Jobs that have no retries left",
				() -> this.management.createJobQuery().noRetriesLeft().count());
		gauge(registry, "waypost.journey.incidents.open", "Open incidents",
				() -> this.runtime.createIncidentQuery().count());
		gauge(registry, "waypost.journey.runs.pending", "Runs that the engine does not have yet",
				() -> count("SELECT count(*) FROM journey.run WHERE status = 'pending'"));
		gauge(registry, "waypost.journey.messages.pending", "Messages that no run has taken yet",
				() -> count("SELECT count(*) FROM journey.pending_message"));
	}

	private long count(String sql) {
		return TenantScope.all(() -> this.jdbc.sql(sql).query(Long.class).single());
	}

	private void gauge(MeterRegistry registry, String name, String description, LongSupplier value) {
		Gauge.builder(name, () -> this.numbers.get(name, (key) -> value.getAsLong()))
			.description(description)
			.register(registry);
	}

}
