package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

import io.waypost.database.SqlTime;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The amounts reserved and spent of each budget. A transaction changes the counter of the
 * campaign first, then that of the day, then that of the installation, so that no two
 * transactions wait for each other.
 */
@Repository
class SpendCounters {

	private static final int DELETED_AT_ONCE = 1_000;

	private final JdbcClient jdbc;

	SpendCounters(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Names the budget of a day. */
	static String day(LocalDate day) {
		return "day:" + day;
	}

	/** Names the budget of a campaign. */
	static String campaign(CampaignId campaign) {
		return "campaign:" + campaign;
	}

	/**
	 * Reserves an amount if it is within the limit, in one statement: it locks the row
	 * and compares with what the last transaction on any node committed. Free calls are
	 * always within the limit.
	 * @return whether the limit allows the amount
	 */
	boolean reserve(TenantId tenant, String budget, LocalDate day, BigDecimal amount, BigDecimal limit) {
		return this.jdbc.sql("""
				insert into agent.model_spend as s (tenant_id, budget, reserved, spent, last_day)
				select :tenant, :budget, :amount, 0, :day where :amount <= :limit
				on conflict (tenant_id, budget) do update set reserved = s.reserved + excluded.reserved,
					last_day = greatest(s.last_day, excluded.last_day)
				where excluded.reserved = 0 or s.reserved + s.spent + excluded.reserved <= :limit
				""")
			.param("tenant", tenant.value())
			.param("budget", budget)
			.param("amount", amount)
			.param("day", day)
			.param("limit", limit)
			.update() > 0;
	}

	/** Reserves an amount of the installation's budget, always counted. */
	boolean reserveInstallation(LocalDate day, BigDecimal amount, @Nullable BigDecimal limit) {
		return this.jdbc.sql("""
				insert into agent.installation_spend as s (day, reserved, spent)
				select :day, :amount, 0 where :limit::numeric is null or :amount <= :limit
				on conflict (day) do update set reserved = s.reserved + excluded.reserved
				where :limit::numeric is null or excluded.reserved = 0
					or s.reserved + s.spent + excluded.reserved <= :limit
				""").param("day", day).param("amount", amount).param("limit", limit).update() > 0;
	}

	/**
	 * Replaces a reserved amount by a spent one, without a limit: it is spent already.
	 */
	void book(TenantId tenant, String budget, SpendChange change) {
		this.jdbc.sql("""
				update agent.model_spend set reserved = reserved - :reserved, spent = spent + :spent
				where tenant_id = :tenant and budget = :budget
				""")
			.param("reserved", change.reserved())
			.param("spent", change.spent())
			.param("tenant", tenant.value())
			.param("budget", budget)
			.update();
	}

	void bookInstallation(LocalDate day, SpendChange change) {
		this.jdbc.sql("""
				update agent.installation_spend set reserved = reserved - :reserved, spent = spent + :spent
				where day = :day
				""").param("reserved", change.reserved()).param("spent", change.spent()).param("day", day).update();
	}

	BigDecimal used(TenantId tenant, String budget) {
		return this.jdbc.sql("select reserved + spent from agent.model_spend where tenant_id = ? and budget = ?")
			.params(tenant.value(), budget)
			.query(BigDecimal.class)
			.optional()
			.orElse(BigDecimal.ZERO);
	}

	BigDecimal usedByInstallation(LocalDate day) {
		return this.jdbc.sql("select reserved + spent from agent.installation_spend where day = ?")
			.param(day)
			.query(BigDecimal.class)
			.optional()
			.orElse(BigDecimal.ZERO);
	}

	/** Returns what is used of a day, if that is the first time above the alert. */
	Optional<BigDecimal> markAlert(TenantId tenant, LocalDate day, BigDecimal alert, Instant now) {
		return this.jdbc.sql("""
				update agent.model_spend set alerted_at = :now where tenant_id = :tenant and budget = :budget
					and alerted_at is null and reserved + spent >= :alert
				returning reserved + spent
				""")
			.param("now", SqlTime.of(now))
			.param("tenant", tenant.value())
			.param("budget", day(day))
			.param("alert", alert)
			.query(BigDecimal.class)
			.optional();
	}

	/** Returns whether this is the first refusal of the day. */
	boolean markExhausted(TenantId tenant, LocalDate day, Instant now) {
		return this.jdbc.sql("""
				insert into agent.model_spend as s (tenant_id, budget, reserved, spent, last_day, exhausted_at)
				values (:tenant, :budget, 0, 0, :day, :now)
				on conflict (tenant_id, budget) do update set exhausted_at = excluded.exhausted_at
				where s.exhausted_at is null
				""")
			.param("tenant", tenant.value())
			.param("budget", day(day))
			.param("day", day)
			.param("now", SqlTime.of(now))
			.update() > 0;
	}

	/** Deletes counters that were last used before a day; true if there may be more. */
	boolean deleteBefore(LocalDate day) {
		this.jdbc.sql("delete from agent.installation_spend where day < ?").param(day).update();
		return this.jdbc.sql("""
				delete from agent.model_spend where (tenant_id, budget) in (select tenant_id, budget
					from agent.model_spend where last_day < :day and reserved = 0 limit :limit for update skip locked)
				""").param("day", day).param("limit", DELETED_AT_ONCE).update() == DELETED_AT_ONCE;
	}

	/**
	 * Change of a counter.
	 *
	 * @param reserved amount that is not reserved any more
	 * @param spent amount that is spent in addition, negative when less was spent than
	 * booked before
	 */
	record SpendChange(BigDecimal reserved, BigDecimal spent) {

	}

}
