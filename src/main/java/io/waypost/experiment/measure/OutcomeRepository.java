package io.waypost.experiment.measure;

import java.util.List;
import java.util.function.Function;

import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What came of exposures. */
@Component
public class OutcomeRepository {

	private final JdbcClient jdbc;

	public OutcomeRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Adds outcomes to the exposures they fall into. Exposures are locked in the order of
	 * their key, so that two batches about the same people wait for one another; several
	 * outcomes of one exposure are summed up before, because an update sees each row
	 * once. A reaction counts for the message it names, or for any if it names none; an
	 * order counts for everything the person was exposed to.
	 * @return how many exposures something was added to
	 */
	int add(TenantId tenant, List<OutcomeEvent> outcomes) {
		return this.jdbc.sql("""
				with outcome as (
					select * from unnest(:profiles::uuid[], :kinds::text[], :sends::uuid[], :ats::timestamptz[],
						:revenues::float8[], :currencies::text[]) as o(profile_id, kind, send_id, at, revenue, currency)
				), touched as (
					select e.profile_id, e.trial_id, e.send_id, e.exposed_at, e.matures_at, e.currency
					from experiment.exposure e
					where e.profile_id = any(:profiles::uuid[]) and e.tenant_id = :tenant
					order by e.profile_id, e.trial_id for no key update
				), addition as (
					select t.profile_id, t.trial_id,
						min(o.at) filter (where o.kind = 'CLICK') as clicked_at,
						min(o.at) filter (where o.kind = 'ORDER') as bought_at,
						min(o.at) filter (where o.kind = 'UNSUBSCRIBE') as unsubscribed_at,
						min(o.at) filter (where o.kind = 'COMPLAINT') as complained_at,
						min(o.at) filter (where o.kind = 'BOUNCE') as bounced_at,
						coalesce(sum(o.revenue) filter (where coalesce(o.currency = t.currency, true)), 0) as revenue
					from touched t
					join outcome o on o.profile_id = t.profile_id and o.at >= t.exposed_at and o.at < t.matures_at
						and (o.send_id is null or t.send_id = o.send_id)
					group by t.profile_id, t.trial_id
				)
				update experiment.exposure e
				   set clicked_at = least(e.clicked_at, a.clicked_at), bought_at = least(e.bought_at, a.bought_at),
				       unsubscribed_at = least(e.unsubscribed_at, a.unsubscribed_at),
				       complained_at = least(e.complained_at, a.complained_at),
				       bounced_at = least(e.bounced_at, a.bounced_at), revenue = e.revenue + a.revenue
				  from addition a
				 where e.profile_id = a.profile_id and e.trial_id = a.trial_id and e.tenant_id = :tenant
				""")
			.param("tenant", tenant.value())
			.param("profiles", column(outcomes, OutcomeEvent::profile))
			.param("kinds", column(outcomes, OutcomeEvent::kind))
			.param("sends", column(outcomes, OutcomeEvent::send))
			.param("ats", column(outcomes, OutcomeEvent::at))
			.param("revenues", column(outcomes, OutcomeEvent::revenue))
			.param("currencies", column(outcomes, OutcomeEvent::currency))
			.update();
	}

	private static @Nullable String[] column(List<OutcomeEvent> rows, Function<OutcomeEvent, @Nullable Object> value) {
		@Nullable String[] column = new String[rows.size()];
		int next = 0;
		for (OutcomeEvent row : rows) {
			Object cell = value.apply(row);
			column[next++] = (cell != null) ? cell.toString() : null;
		}
		return column;
	}

}
