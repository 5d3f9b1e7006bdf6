package io.waypost.sample;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import io.waypost.kernel.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Remembers how far the sample workspace is filled. */
@Component
@ConditionalOnSample
class SampleProgress {

	private final JdbcClient jdbc;

	private final Clock clock;

	SampleProgress(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** Begins, or goes on where an earlier start was interrupted. */
	ProgressState begin(TenantId tenant) {
		this.jdbc.sql("insert into sample.progress (tenant_id, anchor) values (?, ?) on conflict do nothing")
			.params(tenant.value(), this.clock.instant().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC))
			.update();
		return this.jdbc.sql("""
				select anchor, people, shelves_at is not null as shelves, finished_at is not null as finished
				from sample.progress where tenant_id = ?""")
			.param(tenant.value())
			.query((row, number) -> new ProgressState(row.getTimestamp("anchor").toInstant(), row.getInt("people"),
					row.getBoolean("shelves"), row.getBoolean("finished")))
			.single();
	}

	void contentLoaded(TenantId tenant) {
		stamp("update sample.progress set shelves_at = ? where tenant_id = ?", tenant);
	}

	void reached(TenantId tenant, int people) {
		this.jdbc.sql("update sample.progress set people = ? where tenant_id = ?")
			.params(people, tenant.value())
			.update();
	}

	/**
	 * Takes on the campaigns; false when they are there, or another node is at it.
	 */
	boolean claimCampaigns(TenantId tenant) {
		return this.jdbc.sql("update sample.progress set campaigns_at = ? where tenant_id = ? and campaigns_at is null")
			.params(this.clock.instant().atOffset(ZoneOffset.UTC), tenant.value())
			.update() == 1;
	}

	void finished(TenantId tenant) {
		stamp("update sample.progress set finished_at = ? where tenant_id = ?", tenant);
	}

	private void stamp(String sql, TenantId tenant) {
		this.jdbc.sql(sql).params(this.clock.instant().atOffset(ZoneOffset.UTC), tenant.value()).update();
	}

	/**
	 * Where the filling stands.
	 *
	 * @param anchor the moment the histories end at
	 * @param people how many people are in
	 * @param shelves whether catalogue, brand and templates are in
	 * @param finished whether everything is in
	 */
	record ProgressState(Instant anchor, int people, boolean contentLoaded, boolean finished) {

	}

}
