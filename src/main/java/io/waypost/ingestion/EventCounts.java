package io.waypost.ingestion;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Ticker;
import io.waypost.database.SqlTime;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts received events for the overview page. */
@Component
public class EventCounts {

	private final JdbcClient jdbc;

	private final LoadTimeCache<TenantId, Day> days = new LoadTimeCache<>(Ticker.systemTicker());

	EventCounts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Counts received events by minute.
	 * @param tenant the tenant
	 * @param until end of the last minute
	 * @param minutes number of minutes, at least 1
	 * @return one number per minute, oldest first, without gaps
	 */
	public List<Long> perMinute(TenantId tenant, Instant until, int minutes) {
		Instant from = until.minus(minutes, ChronoUnit.MINUTES);
		List<Long> counts = new ArrayList<>(minutes);
		this.jdbc.sql("""
				select count(event.received_at) as events
				from generate_series(0, ?::int - 1) as slot (number)
				left join (select received_at from ingestion.event
					where tenant_id = ? and received_at > ? and received_at <= ?) event
					on floor(extract(epoch from event.received_at - ?) / 60) = slot.number
				group by slot.number order by slot.number""")
			.params(minutes, tenant.value(), SqlTime.of(from), SqlTime.of(until), SqlTime.of(from))
			.query((row) -> {
				counts.add(row.getLong("events"));
			});
		return counts;
	}

	/**
	 * Counts the events received during 24 hours. Under high load the result may be up to
	 * one minute old.
	 * @param tenant the tenant
	 * @param until end of the 24 hours
	 * @return numbers by name: the event's for {@code track}, else its type
	 */
	public Day lastDay(TenantId tenant, Instant until) {
		return this.days.get(tenant, () -> count(tenant, until.minus(1, ChronoUnit.DAYS)));
	}

	/**
	 * Checks whether a tenant has received an event.
	 * @param tenant the tenant
	 * @return true when the event log has one
	 */
	public boolean hasEvents(TenantId tenant) {
		return this.jdbc.sql("select exists (select 1 from ingestion.event where tenant_id = ?)")
			.param(tenant.value())
			.query(Boolean.class)
			.single();
	}

	private Day count(TenantId tenant, Instant since) {
		Map<String, Long> counts = new LinkedHashMap<>();
		this.jdbc.sql("""
				select case when type = 'track' then name else initcap(type) end as label, count(*) as events
				from ingestion.event where tenant_id = ? and received_at > ?
				group by label order by events desc, label""")
			.params(tenant.value(), SqlTime.of(since))
			.query((row) -> {
				counts.put(row.getString("label"), row.getLong("events"));
			});
		return new Day(counts);
	}

	/**
	 * Events received during a day.
	 *
	 * @param byName number by name, highest first
	 */
	public record Day(Map<String, Long> byName) {

		/**
		 * Adds up all names.
		 * @return number of events
		 */
		public long total() {
			return this.byName.values().stream().mapToLong(Long::longValue).sum();
		}

	}

}
