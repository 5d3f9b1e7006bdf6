package io.waypost.experiment.measure;

import java.util.List;

import io.waypost.database.SqlArray;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SQL access to the outcomes of exposures. */
@Component
class OutcomeRepository {

	private final JdbcClient jdbc;

	OutcomeRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Adds outcomes to the exposures whose conversion window they fall into. Exposures
	 * are locked in the order of their key, so that two batches about the same people
	 * wait for each other. Several outcomes of one exposure are aggregated first, because
	 * an update sees each row once. A reaction counts for the message it names, or for
	 * all if it names none; an order counts for all exposures of the person.
	 * @return number of exposures that were updated
	 */
	int add(TenantId tenant, List<OutcomeEvent> outcomes) {
		return this.jdbc.sql("""
				with outcome as (
					select * from unnest(:profiles, :kinds, :sends, :times, :revenues, :currencies)
						as o(profile_id, kind, send_id, at, revenue, currency)
				), touched as (
					select e.profile_id, e.phase_id, e.send_id, e.exposed_at, e.matures_at, e.currency
					from experiment.exposure e
					where e.profile_id = any(:profiles) and e.tenant_id = :tenant
					order by e.profile_id, e.phase_id for no key update
				), addition as (
					select t.profile_id, t.phase_id,
						min(o.at) filter (where o.kind = 'CLICK') as clicked_at,
						min(o.at) filter (where o.kind = 'ORDER') as bought_at,
						min(o.at) filter (where o.kind = 'UNSUBSCRIBE') as unsubscribed_at,
						min(o.at) filter (where o.kind = 'COMPLAINT') as complained_at,
						min(o.at) filter (where o.kind = 'BOUNCE') as bounced_at,
						coalesce(sum(o.revenue) filter (where coalesce(o.currency = t.currency, true)), 0) as revenue
					from touched t
					join outcome o on o.profile_id = t.profile_id and o.at >= t.exposed_at and o.at < t.matures_at
						and (o.send_id is null or t.send_id = o.send_id)
					group by t.profile_id, t.phase_id
				)
				update experiment.exposure e
				   set clicked_at = least(e.clicked_at, a.clicked_at), bought_at = least(e.bought_at, a.bought_at),
				       unsubscribed_at = least(e.unsubscribed_at, a.unsubscribed_at),
				       complained_at = least(e.complained_at, a.complained_at),
				       bounced_at = least(e.bounced_at, a.bounced_at), revenue = e.revenue + a.revenue
				  from addition a
				 where e.profile_id = a.profile_id and e.phase_id = a.phase_id and e.tenant_id = :tenant
				""")
			.param("tenant", tenant.value())
			.param("profiles", SqlArray.uuids(outcomes, (outcome) -> outcome.profile().value()))
			.param("kinds", SqlArray.texts(outcomes, (outcome) -> outcome.kind().name()))
			.param("sends", SqlArray.uuids(outcomes, OutcomeEvent::send))
			.param("times", SqlArray.times(outcomes, OutcomeEvent::at))
			.param("revenues", SqlArray.doubles(outcomes, OutcomeEvent::revenue))
			.param("currencies", SqlArray.texts(outcomes, OutcomeEvent::currency))
			.update();
	}

}
