package io.waypost.agent.learn;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.delivery.FragmentOutcomes.FragmentOutcome;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores the outcomes of fragments, with weights that decay. */
@Repository
class FragmentOutcomeRepository {

	/** Fragments with less weight were not used for many half-lives. */
	private static final double SMALLEST_WEIGHT = 0.01;

	private final JdbcClient jdbc;

	FragmentOutcomeRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<Instant> countedUntil(TenantId tenant) {
		return this.jdbc.sql("select counted_until from agent.fragment_count where tenant_id = :tenant")
			.param("tenant", tenant.value())
			.query((row, number) -> SqlTime.read(row, "counted_until"))
			.optional();
	}

	/**
	 * Lets the weights decay and adds those of a period. Three statements, whatever the
	 * number of messages.
	 * @param tenant the tenant
	 * @param from end of the period before
	 * @param until end of the period
	 * @param halfLife time after which a weight is halved
	 * @param outcomes of the messages of the period
	 */
	void add(TenantId tenant, Instant from, Instant until, Duration halfLife, List<FragmentOutcome> outcomes) {
		double factor = Math.pow(0.5, Duration.between(from, until).toMillis() / (double) halfLife.toMillis());
		this.jdbc.sql("""
				with decayed as (
					update agent.fragment_outcome set messages = messages * :factor, clicks = clicks * :factor,
						unsubscribes = unsubscribes * :factor, complaints = complaints * :factor
					where tenant_id = :tenant
				)
				insert into agent.fragment_count (tenant_id, counted_until) values (:tenant, :until)
				on conflict (tenant_id) do update set counted_until = excluded.counted_until
				""").param("factor", factor).param("tenant", tenant.value()).param("until", SqlTime.of(until)).update();
		this.jdbc.sql("""
				insert into agent.fragment_outcome as o
					(tenant_id, goal, tag, messages, clicks, unsubscribes, complaints)
				select :tenant, * from unnest(:goals::text[], :tags::text[], :messages::float8[], :clicks::float8[],
					:unsubscribes::float8[], :complaints::float8[])
				on conflict (tenant_id, goal, tag) do update set messages = o.messages + excluded.messages,
					clicks = o.clicks + excluded.clicks, unsubscribes = o.unsubscribes + excluded.unsubscribes,
					complaints = o.complaints + excluded.complaints
				""")
			.param("tenant", tenant.value())
			.param("goals", SqlArray.texts(outcomes, FragmentOutcome::goal))
			.param("tags", SqlArray.texts(outcomes, FragmentOutcome::tag))
			.param("messages", SqlArray.doubles(outcomes, FragmentOutcome::messages))
			.param("clicks", SqlArray.doubles(outcomes, FragmentOutcome::clicks))
			.param("unsubscribes", SqlArray.doubles(outcomes, FragmentOutcome::unsubscribes))
			.param("complaints", SqlArray.doubles(outcomes, FragmentOutcome::complaints))
			.update();
		this.jdbc.sql("delete from agent.fragment_outcome where tenant_id = :tenant and messages < :smallest")
			.param("tenant", tenant.value())
			.param("smallest", SMALLEST_WEIGHT)
			.update();
	}

	List<FragmentOutcome> all(TenantId tenant) {
		return this.jdbc.sql("""
				select goal, tag, messages, clicks, unsubscribes, complaints from agent.fragment_outcome
				where tenant_id = :tenant
				""")
			.param("tenant", tenant.value())
			.query((row, number) -> new FragmentOutcome(row.getString("goal"), row.getString("tag"),
					row.getDouble("messages"), row.getDouble("clicks"), row.getDouble("unsubscribes"),
					row.getDouble("complaints")))
			.list();
	}

}
