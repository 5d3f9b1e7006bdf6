package io.waypost.agent.llm.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import io.waypost.agent.llm.budget.ModelSpend.CampaignSpend;
import io.waypost.agent.llm.budget.ModelSpend.SpendGroup;
import io.waypost.agent.llm.budget.ModelSpend.SpendOfToday;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Adds up the costs of stored calls. */
@Component
public class ModelSpendReports {

	/** Longest period. */
	static final int DAYS = 366;

	private static final int CAMPAIGNS = 100;

	private final JdbcClient jdbc;

	private final ModelBudgetSettings settings;

	private final Clock clock;

	ModelSpendReports(JdbcClient jdbc, ModelBudgetSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.settings = settings;
		this.clock = clock;
	}

	/** Returns the current day in UTC. */
	public LocalDate today() {
		return LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

	/**
	 * Adds up the calls of a period.
	 * @param tenant the tenant
	 * @param from first day
	 * @param to last day, at most a year later
	 * @return the sums
	 */
	public ModelSpend read(TenantId tenant, LocalDate from, LocalDate to) {
		List<GroupedRow> rows = rows(tenant, from, to);
		return new ModelSpend(from, to, "USD", groups(rows, Grouping.TOTAL).getFirst(),
				groups(rows, Grouping.DAY).stream().sorted(Comparator.comparing(SpendGroup::name)).toList(),
				groups(rows, Grouping.PROVIDER), groups(rows, Grouping.MODEL), groups(rows, Grouping.PURPOSE),
				campaigns(tenant, from, to), ofToday(tenant));
	}

	/**
	 * One pass over the calls for all groups. The number of rows is that of days, models
	 * and purposes.
	 */
	private List<GroupedRow> rows(TenantId tenant, LocalDate from, LocalDate to) {
		return this.jdbc
			.sql("""
					select grouping(day, purpose, provider, model) as grouped, day, purpose, provider, model, count(*) as calls,
						coalesce(sum(input_tokens), 0) as input, coalesce(sum(cache_read_tokens), 0) as cache_read,
						coalesce(sum(cache_write_tokens), 0) as cache_write, coalesce(sum(output_tokens), 0) as output,
						coalesce(sum(cost), 0) as cost
					from agent.model_call where tenant_id = :tenant and day between :from and :to
					group by grouping sets ((), (day), (purpose), (provider), (provider, model))
					order by cost desc, day, purpose, provider, model
					""")
			.param("tenant", tenant.value())
			.param("from", from)
			.param("to", to)
			.query((row, number) -> GroupedRow.read(row))
			.list();
	}

	private static List<SpendGroup> groups(List<GroupedRow> rows, Grouping grouping) {
		return rows.stream().filter((row) -> row.grouping() == grouping).map(GroupedRow::group).toList();
	}

	private List<CampaignSpend> campaigns(TenantId tenant, LocalDate from, LocalDate to) {
		return this.jdbc.sql("""
				select campaign_id, max(recipients) as recipients, count(*) as calls, coalesce(sum(cost), 0) as cost
				from agent.model_call
				where tenant_id = :tenant and day between :from and :to and campaign_id is not null
				group by campaign_id order by cost desc, campaign_id limit :limit
				""")
			.param("tenant", tenant.value())
			.param("from", from)
			.param("to", to)
			.param("limit", CAMPAIGNS)
			.query((row, number) -> campaign(row))
			.list();
	}

	private CampaignSpend campaign(ResultSet row) throws SQLException {
		BigDecimal cost = row.getBigDecimal("cost");
		int recipients = row.getInt("recipients");
		return new CampaignSpend(row.getObject("campaign_id", UUID.class), recipients, row.getLong("calls"), cost,
				perThousand(cost, recipients), this.settings.perThousandRecipients());
	}

	static @Nullable BigDecimal perThousand(BigDecimal cost, int recipients) {
		return (recipients <= 0) ? null
				: cost.movePointRight(3).divide(BigDecimal.valueOf(recipients), 9, RoundingMode.HALF_UP);
	}

	private SpendOfToday ofToday(TenantId tenant) {
		LocalDate day = today();
		BigDecimal limit = this.settings.dailyLimit();
		return this.jdbc.sql("select reserved, spent from agent.model_spend where tenant_id = ? and budget = ?")
			.params(tenant.value(), SpendCounters.day(day))
			.query((row, number) -> ofToday(day, row.getBigDecimal("reserved"), row.getBigDecimal("spent"), limit))
			.optional()
			.orElseGet(() -> ofToday(day, BigDecimal.ZERO, BigDecimal.ZERO, limit));
	}

	private SpendOfToday ofToday(LocalDate day, BigDecimal reserved, BigDecimal spent, BigDecimal limit) {
		return new SpendOfToday(day, reserved, spent, this.settings.dailyAlert(), limit,
				limit.subtract(reserved).subtract(spent).max(BigDecimal.ZERO));
	}

	/** What the calls of a row have in common. */
	private enum Grouping {

		TOTAL, DAY, PURPOSE, PROVIDER, MODEL;

		/** The bits of grouping(): a bit is set for a column that the row adds up. */
		static Grouping of(int bits) {
			return switch (bits) {
				case 0b1111 -> TOTAL;
				case 0b0111 -> DAY;
				case 0b1011 -> PURPOSE;
				case 0b1101 -> PROVIDER;
				case 0b1100 -> MODEL;
				default -> throw new IllegalStateException("Unknown grouping " + bits);
			};
		}

	}

	private record GroupedRow(Grouping grouping, SpendGroup group) {

		static GroupedRow read(ResultSet row) throws SQLException {
			Grouping grouping = Grouping.of(row.getInt("grouped"));
			String name = (grouping == Grouping.TOTAL) ? "total" : row.getString(grouping.name());
			String provider = (grouping == Grouping.MODEL) ? row.getString("provider") : null;
			return new GroupedRow(grouping,
					new SpendGroup(name, provider, row.getLong("calls"), row.getLong("input"),
							row.getLong("cache_read"), row.getLong("cache_write"), row.getLong("output"),
							row.getBigDecimal("cost")));
		}

	}

}
