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
	 * Counts what came in by name: the event's for {@code track}, else its type.
	 * @param tenant whose events
	 * @param since from when on
	 * @param limit how many names at the most
	 * @return name to number, most first
	 */
	public Map<String, Long> byName(TenantId tenant, Instant since, int limit) {
		Map<String, Long> counts = new LinkedHashMap<>();
		this.jdbc.sql("""
				select case when type = 'track' then name else initcap(type) end as label, count(*) as events
				from ingestion.event where tenant_id = ? and received_at > ?
				group by label order by events desc, label limit ?""")
			.params(tenant.value(), Timestamp.from(since), limit)
			.query((row) -> {
				counts.put(row.getString("label"), row.getLong("events"));
			});
		return counts;
	}

	/**
	 * Counts what came in.
	 * @param tenant whose events
	 * @param since from when on
	 * @return how many
	 */
	public long since(TenantId tenant, Instant since) {
		return this.jdbc.sql("select count(*) from ingestion.event where tenant_id = ? and received_at > ?")
			.params(tenant.value(), Timestamp.from(since))
			.query(Long.class)
			.single();
	}

}
