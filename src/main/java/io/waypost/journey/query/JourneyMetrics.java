package io.waypost.journey.query;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How much waits: jobs that could run, jobs without retries, incidents, runs and messages
 * the engine does not have yet. Each number is read at most once in ten seconds, however
 * often it is scraped.
 */
@Component
class JourneyMetrics implements MeterBinder {

	private final ManagementService management;

	private final RuntimeService runtime;

	private final JdbcClient jdbc;

	private final Clock clock;

	JourneyMetrics(ManagementService management, RuntimeService runtime, JdbcClient jdbc, Clock clock) {
		this.management = management;
		this.runtime = runtime;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, "waypost.journey.jobs.waiting", "Jobs that could run now",
				() -> this.management.createJobQuery().executable().count());
		gauge(registry, "waypost.journey.jobs.failed", "Jobs that have no retries left",
				() -> this.management.createJobQuery().noRetriesLeft().count());
		gauge(registry, "waypost.journey.incidents.open", "Incidents that somebody has to look at",
				() -> this.runtime.createIncidentQuery().count());
		gauge(registry, "waypost.journey.runs.pending", "Runs that the engine does not have yet",
				() -> count("SELECT count(*) FROM journey.run WHERE status = 'pending'"));
		gauge(registry, "waypost.journey.messages.pending", "Messages that no run has taken yet",
				() -> count("SELECT count(*) FROM journey.tell"));
	}

	private long count(String sql) {
		return this.jdbc.sql(sql).query(Long.class).single();
	}

	private void gauge(MeterRegistry registry, String name, String description, LongSupplier value) {
		Remembered remembered = new Remembered(value, this.clock);
		Gauge.builder(name, remembered, Remembered::get)
			.description(description)
			.strongReference(true)
			.register(registry);
	}

	/** A number that is read again when it is old. */
	private static final class Remembered {

		private static final Duration FRESH = Duration.ofSeconds(10);

		private final LongSupplier source;

		private final Clock clock;

		private Instant readAt = Instant.MIN;

		private long value;

		private Remembered(LongSupplier source, Clock clock) {
			this.source = source;
			this.clock = clock;
		}

		synchronized double get() {
			Instant now = this.clock.instant();
			if (this.readAt.equals(Instant.MIN) || Duration.between(this.readAt, now).compareTo(FRESH) > 0) {
				this.value = this.source.getAsLong();
				this.readAt = now;
			}
			return this.value;
		}

	}

}
