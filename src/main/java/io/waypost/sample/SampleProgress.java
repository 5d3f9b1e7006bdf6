package io.waypost.sample;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.waypost.database.SqlTime;
import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores how far the sample workspace is loaded. */
@Component
@ConditionalOnSample
class SampleProgress {

	private final JdbcClient jdbc;

	private final Clock clock;

	SampleProgress(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Progress of loading.
	 *
	 * @param anchor time at which the histories end
	 * @param people number of people loaded
	 * @param contentLoaded whether products, brand kit and templates are loaded
	 * @param demoShopperLoaded whether the demo shopper's history is loaded
	 * @param finished whether the history of all people is loaded
	 */
	record ProgressState(Instant anchor, int people, boolean contentLoaded, boolean demoShopperLoaded,
			boolean finished) {

	}

	/** Starts loading, or continues where an earlier start was interrupted. */
	ProgressState begin(TenantId tenant) {
		this.jdbc.sql("insert into sample.progress (tenant_id, anchor) values (?, ?) on conflict do nothing")
			.params(tenant.value(), SqlTime.of(this.clock.instant().truncatedTo(ChronoUnit.SECONDS)))
			.update();
		return state(tenant);
	}

	ProgressState state(TenantId tenant) {
		return this.jdbc.sql("""
				select anchor, people, content_at is not null as content_loaded,
				       demo_shopper_at is not null as demo_shopper_loaded, finished_at is not null as finished
				from sample.progress where tenant_id = ?""")
			.param(tenant.value())
			.query((row, number) -> new ProgressState(SqlTime.read(row, "anchor"), row.getInt("people"),
					row.getBoolean("content_loaded"), row.getBoolean("demo_shopper_loaded"),
					row.getBoolean("finished")))
			.single();
	}

	void contentLoaded(TenantId tenant) {
		mark("update sample.progress set content_at = ? where tenant_id = ?", tenant);
	}

	void peopleLoaded(TenantId tenant, int people) {
		this.jdbc.sql("update sample.progress set people = ? where tenant_id = ?")
			.params(people, tenant.value())
			.update();
	}

	void demoShopperLoaded(TenantId tenant) {
		mark("update sample.progress set demo_shopper_at = ? where tenant_id = ?", tenant);
	}

	void finished(TenantId tenant) {
		mark("update sample.progress set finished_at = ? where tenant_id = ?", tenant);
	}

	/**
	 * Claims the launch of the campaigns.
	 * @return false if they were launched before or another node is launching them
	 */
	boolean claimCampaigns(TenantId tenant) {
		return this.jdbc.sql("update sample.progress set campaigns_at = ? where tenant_id = ? and campaigns_at is null")
			.params(SqlTime.of(this.clock.instant()), tenant.value())
			.update() == 1;
	}

	private void mark(String sql, TenantId tenant) {
		this.jdbc.sql(sql).params(SqlTime.of(this.clock.instant()), tenant.value()).update();
	}

}
