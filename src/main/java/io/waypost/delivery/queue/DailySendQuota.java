package io.waypost.delivery.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.waypost.access.limit.TenantLimits;
import io.waypost.database.AdvisoryLock;
import io.waypost.database.AdvisoryLocks;
import io.waypost.database.SqlArray;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Quota of messages per tenant and day (UTC). A message over the quota waits in the queue
 * until the same time of the next day with a free place, so none is lost. Runs in the
 * transaction that queues the messages; tenants without a quota cost nothing. A message
 * that is withheld after it was queued still counts.
 */
@Component
public class DailySendQuota {

	/** Reason of a queued send that waits for its day. */
	public static final String REASON = "daily_quota";

	private final JdbcClient jdbc;

	private final AdvisoryLocks locks;

	private final TenantLimits limits;

	private final Clock clock;

	public DailySendQuota(JdbcClient jdbc, AdvisoryLocks locks, TenantLimits limits, Clock clock) {
		this.jdbc = jdbc;
		this.locks = locks;
		this.limits = limits;
		this.clock = clock;
	}

	/**
	 * Takes places for messages.
	 * @param tenant tenant of the messages
	 * @param wanted when each shall be sent, in the order of precedence
	 * @return when each may be sent; the same times if the quota suffices
	 */
	public List<Instant> take(TenantId tenant, List<Instant> wanted) {
		long quota = this.limits.of(tenant).sendsPerDay();
		if (quota == 0 || wanted.isEmpty()) {
			return wanted;
		}
		this.locks.lock(AdvisoryLock.SEND_QUOTA, tenant);
		Map<LocalDate, Long> used = used(tenant);
		Map<LocalDate, Long> taken = new TreeMap<>();
		Map<LocalDate, LocalDate> firstFree = new HashMap<>();
		List<Instant> granted = new ArrayList<>(wanted.size());
		for (Instant time : wanted) {
			LocalDate day = day(time);
			LocalDate free = firstFree.getOrDefault(day, day);
			while (used.getOrDefault(free, 0L) + taken.getOrDefault(free, 0L) >= quota) {
				free = free.plusDays(1);
			}
			firstFree.put(day, free);
			taken.merge(free, 1L, Long::sum);
			granted.add(time.plus(Duration.ofDays(free.toEpochDay() - day.toEpochDay())));
		}
		add(tenant, taken);
		return granted;
	}

	/**
	 * Gives places back that no message uses, because it was queued before.
	 * @param tenant tenant of the messages
	 * @param granted times that {@link #take} returned
	 */
	public void giveBack(TenantId tenant, List<Instant> granted) {
		if (!granted.isEmpty() && this.limits.of(tenant).sendsPerDay() > 0) {
			Map<LocalDate, Long> returned = new TreeMap<>();
			granted.forEach((time) -> returned.merge(day(time), -1L, Long::sum));
			add(tenant, returned);
		}
	}

	private Map<LocalDate, Long> used(TenantId tenant) {
		Map<LocalDate, Long> used = new HashMap<>();
		this.jdbc.sql("select day, sends from delivery.send_quota where tenant_id = ? and day >= ?")
			.params(tenant.value(), day(this.clock.instant()))
			.query((row) -> {
				used.put(row.getObject("day", LocalDate.class), row.getLong("sends"));
			});
		return used;
	}

	private void add(TenantId tenant, Map<LocalDate, Long> sends) {
		List<Map.Entry<LocalDate, Long>> rows = List.copyOf(sends.entrySet());
		this.jdbc.sql("""
				insert into delivery.send_quota as q (tenant_id, day, sends)
				select :tenant, day::date, sends::bigint from unnest(:days::text[], :sends::text[]) as t(day, sends)
				on conflict (tenant_id, day) do update set sends = greatest(0, q.sends + excluded.sends)
				""")
			.param("tenant", tenant.value())
			.param("days", SqlArray.texts(rows, (row) -> row.getKey().toString()))
			.param("sends", SqlArray.texts(rows, (row) -> row.getValue().toString()))
			.update();
	}

	private static LocalDate day(Instant time) {
		return LocalDate.ofInstant(time, ZoneOffset.UTC);
	}

}
