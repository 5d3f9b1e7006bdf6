package io.waypost.access.limit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The limits of each tenant: those of the settings, and other ones in the database. A
 * change is visible on all nodes within five seconds.
 */
@Component
public class TenantLimits {

	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(5);

	private static final int MAX_TENANTS = 10_000;

	private final Cache<TenantId, Limits> known = Caffeine.newBuilder()
		.maximumSize(MAX_TENANTS)
		.expireAfterWrite(TIME_TO_LIVE)
		.build();

	private final JdbcClient jdbc;

	private final Ledger ledger;

	private final Clock clock;

	private final Limits settings;

	TenantLimits(JdbcClient jdbc, Ledger ledger, Clock clock, RateLimitSettings settings) {
		this.jdbc = jdbc;
		this.ledger = ledger;
		this.clock = clock;
		this.settings = new Limits(settings.eventRequestsPerSecond(), settings.apiRequestsPerSecond(),
				settings.eventsPerDay(), settings.sendsPerDay());
	}

	/**
	 * Returns the limits that apply.
	 * @param tenant the tenant
	 * @return its limits
	 */
	public Limits of(TenantId tenant) {
		Limits cached = this.known.getIfPresent(tenant);
		if (cached != null) {
			return cached;
		}
		// Outside the cache, whose own loading would make all requests of a tenant wait
		// for one statement
		Limits limits = overrides(tenant).over(this.settings);
		this.known.put(tenant, limits);
		return limits;
	}

	/**
	 * Reads the limits that differ from the settings.
	 * @param tenant the tenant
	 * @return null for each that does not differ
	 */
	public LimitOverrides overrides(TenantId tenant) {
		return TenantScope.of(tenant, () -> this.jdbc.sql("""
				SELECT event_requests_per_second, api_requests_per_second, events_per_day, sends_per_day
				FROM access.tenant_limit WHERE tenant_id = ?
				""").param(tenant.value()).query((row, number) -> read(row)).optional()).orElse(LimitOverrides.NONE);
	}

	/**
	 * Replaces the limits that differ from the settings.
	 * @param tenant the tenant, which exists
	 * @param overrides null for each that shall not differ
	 * @param actor who changes them, as the ledger shows it
	 */
	@Transactional
	public void change(TenantId tenant, LimitOverrides overrides, String actor) {
		this.jdbc.sql("""
				INSERT INTO access.tenant_limit (tenant_id, event_requests_per_second, api_requests_per_second,
					events_per_day, sends_per_day) VALUES (:tenant, :events, :api, :eventsPerDay, :sendsPerDay)
				ON CONFLICT (tenant_id) DO UPDATE SET event_requests_per_second = :events,
					api_requests_per_second = :api, events_per_day = :eventsPerDay, sends_per_day = :sendsPerDay
				""")
			.param("tenant", tenant.value())
			.param("events", overrides.eventRequestsPerSecond())
			.param("api", overrides.apiRequestsPerSecond())
			.param("eventsPerDay", overrides.eventsPerDay())
			.param("sendsPerDay", overrides.sendsPerDay())
			.update();
		Map<String, Object> details = new HashMap<>();
		details.put("eventRequestsPerSecond", String.valueOf(overrides.eventRequestsPerSecond()));
		details.put("apiRequestsPerSecond", String.valueOf(overrides.apiRequestsPerSecond()));
		details.put("eventsPerDay", String.valueOf(overrides.eventsPerDay()));
		details.put("sendsPerDay", String.valueOf(overrides.sendsPerDay()));
		this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(), "tenant.limits-changed",
				"tenant:" + tenant, actor, details)));
		this.known.invalidate(tenant);
	}

	private static LimitOverrides read(ResultSet row) throws SQLException {
		return new LimitOverrides(row.getObject("event_requests_per_second", Integer.class),
				row.getObject("api_requests_per_second", Integer.class), row.getObject("events_per_day", Long.class),
				row.getObject("sends_per_day", Long.class));
	}

}
