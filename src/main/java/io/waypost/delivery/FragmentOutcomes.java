package io.waypost.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.waypost.database.SqlTime;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts what recipients did with messages, by goal and text fragment. Clicks of machines
 * do not count, and opens are not read at all, because privacy proxies open every
 * message.
 */
@Component
public class FragmentOutcomes {

	/** Longer ids are none of the writer. */
	private static final int MAX_TAG = 100;

	private final JdbcClient jdbc;

	FragmentOutcomes(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * What recipients did with the messages of one fragment. Each number is a sum of the
	 * weights of messages.
	 *
	 * @param goal goal of the messages, a template key
	 * @param tag part and id of the fragment
	 * @param messages delivered messages
	 * @param clicks messages with a click of a person
	 * @param unsubscribes messages with an unsubscribe
	 * @param complaints messages that were reported as spam
	 */
	public record FragmentOutcome(String goal, String tag, double messages, double clicks, double unsubscribes,
			double complaints) {

	}

	/**
	 * Lists the tenants that have sends. Reads one index entry for each.
	 * @return their ids, within the scope of this thread
	 */
	public List<TenantId> tenants() {
		return this.jdbc.sql("""
				with recursive tenant as (
					(select tenant_id from delivery.send order by tenant_id limit 1)
					union all
					select (select s.tenant_id from delivery.send s where s.tenant_id > t.tenant_id
						order by s.tenant_id limit 1)
					from tenant t where t.tenant_id is not null
				)
				select tenant_id from tenant where tenant_id is not null
				""").query((row, number) -> new TenantId(row.getString("tenant_id"))).list();
	}

	/**
	 * Counts the messages that were planned in a period, in one pass. Sends that share
	 * content are grouped before their explanation is read. Test sends, and content that
	 * a reviewer changed, do not count.
	 * @param tenant tenant of the sends
	 * @param from start of the period, in milliseconds
	 * @param until end of the period, exclusive; a message that was planned then has the
	 * weight 1
	 * @param halfLife time after which the weight of a message is halved
	 * @return one row for each goal and fragment
	 */
	public List<FragmentOutcome> planned(TenantId tenant, Instant from, Instant until, Duration halfLife) {
		return this.jdbc
			.sql("""
					with reaction as (
						select send_id, bool_or(type = 'clicked' and not machine) as clicked,
							bool_or(type = 'unsubscribed') as unsubscribed, bool_or(type = 'complained') as complained
						from delivery.send_event
						where tenant_id = :tenant and send_id >= :first and send_id < :end
						group by send_id
					), message as (
						select case when s.explanation -> 'variant' is not null then s.id end as own_id,
							case when s.explanation -> 'variant' is null then s.content_id end as content_id, s.template,
							power(0.5, extract(epoch from :until - s.created_at)::float8 / :halfLife) as weight,
							coalesce(r.clicked, false) as clicked, coalesce(r.unsubscribed, false) as unsubscribed,
							s.status = 'complained' or coalesce(r.complained, false) as complained
						from delivery.send s left join reaction r on r.send_id = s.id
						where s.tenant_id = :tenant and s.id >= :first and s.id < :end
							and s.status in ('accepted', 'delivered', 'complained') and s.journey <> :test
					), counted as (
						select own_id, content_id, template, sum(weight) as messages,
							coalesce(sum(weight) filter (where clicked), 0) as clicks,
							coalesce(sum(weight) filter (where unsubscribed), 0) as unsubscribes,
							coalesce(sum(weight) filter (where complained), 0) as complaints
						from message group by own_id, content_id, template
					)
					select coalesce(e.explanation #>> '{plan,goal}', n.template) as goal, f.tag, sum(n.messages) as messages,
						sum(n.clicks) as clicks, sum(n.unsubscribes) as unsubscribes, sum(n.complaints) as complaints
					from counted n
					left join delivery.send s on s.tenant_id = :tenant and s.id = n.own_id
					left join delivery.shared_content c on c.tenant_id = :tenant and c.id = n.content_id
					cross join lateral (select coalesce(s.explanation, c.explanation) as explanation) e
					cross join lateral (
						select distinct t.tag from jsonb_array_elements_text(
							case when jsonb_typeof(e.explanation #> '{variant,fragments}') = 'array'
								then e.explanation #> '{variant,fragments}' else '[]' end) t(tag)
						where length(t.tag) <= :maxTag
					) f
					where e.explanation #>> '{review,decision}' is distinct from 'CHANGED'
					group by 1, 2 order by 1, 2
					""")
			.param("tenant", tenant.value())
			.param("first", firstId(from))
			.param("end", firstId(until))
			.param("until", SqlTime.of(until))
			.param("halfLife", halfLife.toSeconds())
			.param("test", SendRequest.TEST)
			.param("maxTag", MAX_TAG)
			.query((row, number) -> new FragmentOutcome(row.getString("goal"), row.getString("tag"),
					row.getDouble("messages"), row.getDouble("clicks"), row.getDouble("unsubscribes"),
					row.getDouble("complaints")))
			.list();
	}

	/** Ids start with the time. */
	private static UUID firstId(Instant since) {
		return new UUID(since.toEpochMilli() << 16, 0);
	}

}
