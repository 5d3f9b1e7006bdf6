package io.waypost.ingestion;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much came in, for people to watch. */
@Component
public class EventCounts {

	private final JdbcClient jdbc;

	private final LoadTimeCache<TenantId, Day> days = new LoadTimeCache<>(System::nanoTime);

	EventCounts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Counts what came in minute by minute.
	 * @param tenant whose events
	 * @param until the end of the last minute
	 * @param minutes how many minutes, at least 1
	 * @return a number for each minute, oldest first, without gaps
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
			.params(minutes, tenant.value(), Timestamp.from(from), Timestamp.from(until), Timestamp.from(from))
			.query((row) -> {
				counts.add(row.getLong("events"));
			});
		return counts;
	}

	/**
	 * Counts what came in during the last day. Under much load the answer may be up to a
	 * minute old.
	 * @param tenant whose events
	 * @param until the end of the day
	 * @return all events, and by name: the event's for {@code track}, else its type
	 */
	public Day lastDay(TenantId tenant, Instant until) {
		return this.days.get(tenant, () -> count(tenant, until.minus(1, ChronoUnit.DAYS)));
	}

	private Day count(TenantId tenant, Instant since) {
		Map<String, Long> counts = new LinkedHashMap<>();
		this.jdbc.sql("""
				select case when type = 'track' then name else initcap(type) end as label, count(*) as events
				from ingestion.event where tenant_id = ? and received_at > ?
				group by label order by events desc, label""")
			.params(tenant.value(), Timestamp.from(since))
			.query((row) -> {
				counts.put(row.getString("label"), row.getLong("events"));
			});
		return new Day(counts);
	}

	/**
	 * What came in during a day.
	 *
	 * @param byName name to number, most first
	 */
	public record Day(Map<String, Long> byName) {

		/**
		 * Counts all names.
		 * @return how many events there were
		 */
		public long total() {
			return this.byName.values().stream().mapToLong(Long::longValue).sum();
		}

	}

}
