package io.waypost.access.limit;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.waypost.access.InvalidRequestException;
import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Quota of events per tenant and day (UTC). Nodes add their counts to the database every
 * two seconds and learn the total, so a tenant can exceed its quota by what arrives
 * within this time. Tenants without a quota cost nothing.
 */
@Component
public class EventQuota {

	private static final Logger LOG = LoggerFactory.getLogger(EventQuota.class);

	private final Map<TenantId, DayCount> counts = new ConcurrentHashMap<>();

	private final JdbcClient jdbc;

	private final TenantLimits limits;

	private final Clock clock;

	EventQuota(JdbcClient jdbc, TenantLimits limits, Clock clock) {
		this.jdbc = jdbc;
		this.limits = limits;
		this.clock = clock;
	}

	/**
	 * Requires that a tenant may send more events today.
	 * @param tenant the tenant
	 * @throws InvalidRequestException a 429 with the seconds until midnight UTC
	 */
	public void require(TenantId tenant) {
		long quota = this.limits.of(tenant).eventsPerDay();
		if (quota > 0 && today(tenant).total() >= quota) {
			throw exceeded(quota);
		}
	}

	/**
	 * Counts stored events.
	 * @param tenant the tenant
	 * @param events their number
	 */
	public void add(TenantId tenant, int events) {
		if (this.limits.of(tenant).eventsPerDay() > 0) {
			today(tenant).pending().addAndGet(events);
		}
	}

	private DayCount today(TenantId tenant) {
		LocalDate day = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		DayCount known = this.counts.get(tenant);
		if (known != null && known.day().equals(day)) {
			return known;
		}
		flush();
		return this.counts.compute(tenant, (id, existing) -> (existing != null && existing.day().equals(day)) ? existing
				: new DayCount(day, new AtomicLong(), new AtomicLong(stored(id, day, 0))));
	}

	/** Adds the counts of this node to the database and reads the totals. */
	@Scheduled(fixedDelay = 2_000)
	void flush() {
		this.counts.forEach((tenant, count) -> {
			long pending = count.pending().getAndSet(0);
			try {
				count.stored().set(stored(tenant, count.day(), pending));
			}
			catch (DataAccessException unavailable) {
				count.pending().addAndGet(pending);
				LOG.debug("{} events of tenant {} are added later", pending, tenant, unavailable);
			}
		});
	}

	private long stored(TenantId tenant, LocalDate day, long added) {
		return TenantScope.of(tenant,
				() -> this.jdbc.sql("""
						INSERT INTO access.event_usage AS u (tenant_id, day, events) VALUES (:tenant, :day, :added)
						ON CONFLICT (tenant_id, day) DO UPDATE SET events = u.events + excluded.events
						RETURNING events
						""")
					.param("tenant", tenant.value())
					.param("day", day)
					.param("added", added)
					.query(Long.class)
					.single());
	}

	private InvalidRequestException exceeded(long quota) {
		InvalidRequestException problem = new InvalidRequestException(HttpStatus.TOO_MANY_REQUESTS,
				"The quota of %d events a day is used up; it starts again at 00:00 UTC".formatted(quota), List.of());
		Duration left = Duration.between(this.clock.instant(),
				LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC)
					.plusDays(1)
					.atStartOfDay()
					.toInstant(ZoneOffset.UTC));
		problem.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(left.toSeconds() + 1));
		return problem;
	}

	/**
	 * Events of one day.
	 *
	 * @param day the day in UTC
	 * @param pending events of this node that the database does not know yet
	 * @param stored events of all nodes that the database knew at the last exchange
	 */
	private record DayCount(LocalDate day, AtomicLong pending, AtomicLong stored) {

		long total() {
			return this.stored.get() + this.pending.get();
		}

	}

}
