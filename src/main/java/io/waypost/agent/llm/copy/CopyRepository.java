package io.waypost.agent.llm.copy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.waypost.agent.CampaignContentWriter;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores requested and written copy. */
@Repository
class CopyRepository {

	private final JdbcClient jdbc;

	private final JsonColumn json;

	CopyRepository(JdbcClient jdbc, JsonColumn json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	/**
	 * A task that a worker has claimed.
	 *
	 * @param tenant the tenant
	 * @param key key of the copy
	 * @param task what the copy is for
	 * @param attempts number of claims, with this one
	 */
	record ClaimedTask(TenantId tenant, String key, CopyTask task, int attempts) {

	}

	/**
	 * Stores tasks that are not stored yet. Tasks that failed are due again when their
	 * time has come.
	 */
	void request(TenantId tenant, Map<String, CopyTask> tasks, Instant now) {
		this.jdbc.sql("""
				insert into agent.copy_task as t (tenant_id, key, task, state, attempts, requested_at, due_at)
				select :tenant, key, task::jsonb, 'due', 0, :now, :now
				from unnest(:keys::text[], :tasks::text[]) as requested (key, task) order by key
				on conflict (tenant_id, key) do update set state = 'due', attempts = 0, due_at = :now, reason = null
				where t.state = 'failed' and t.due_at <= :now
				""")
			.param("tenant", tenant.value())
			.param("now", SqlTime.of(now))
			.param("keys", SqlArray.texts(tasks.keySet()))
			.param("tasks", SqlArray.texts(tasks.values(), this.json::write))
			.update();
	}

	/** Remembers that a campaign waits for copy. */
	void await(TenantId tenant, CampaignId campaign, Collection<String> keys) {
		this.jdbc.sql("""
				insert into agent.campaign_copy (tenant_id, campaign_id, key)
				select :tenant, :campaign, key from unnest(:keys::text[]) as awaited (key)
				on conflict do nothing
				""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("keys", SqlArray.texts(keys))
			.update();
	}

	/** Returns how many copies a campaign still waits for. */
	int open(TenantId tenant, CampaignId campaign) {
		return this.jdbc.sql("""
				select count(*) from agent.campaign_copy c join agent.copy_task t using (tenant_id, key)
				where c.tenant_id = :tenant and c.campaign_id = :campaign and t.state in ('due', 'running')
				""").param("tenant", tenant.value()).param("campaign", campaign.value()).query(Integer.class).single();
	}

	/** A campaign no longer waits; tasks that only it needed are not begun. */
	void release(TenantId tenant, CampaignId campaign) {
		this.jdbc.sql("""
				with released as (
					delete from agent.campaign_copy where tenant_id = :tenant and campaign_id = :campaign returning key
				)
				delete from agent.copy_task t using released r
				where t.tenant_id = :tenant and t.key = r.key and t.state = 'due' and not exists (
					select from agent.campaign_copy o
					where o.tenant_id = :tenant and o.key = r.key and o.campaign_id <> :campaign)
				""").param("tenant", tenant.value()).param("campaign", campaign.value()).update();
	}

	List<CampaignContentWriter.FinishedCopy> finishedCampaigns(int limit) {
		return this.jdbc.sql("""
				select c.tenant_id, c.campaign_id from agent.campaign_copy c
				left join agent.copy_task t on t.tenant_id = c.tenant_id and t.key = c.key
				group by c.tenant_id, c.campaign_id
				having not bool_or(coalesce(t.state in ('due', 'running'), false)) limit :limit
				""")
			.param("limit", limit)
			.query((row, number) -> new CampaignContentWriter.FinishedCopy(new TenantId(row.getString("tenant_id")),
					new CampaignId(row.getObject("campaign_id", UUID.class))))
			.list();
	}

	/**
	 * Claims due tasks and those whose worker did not finish in time, of campaigns first.
	 */
	List<ClaimedTask> claim(Instant now, Duration lease, int limit) {
		return this.jdbc.sql("""
				update agent.copy_task t set state = 'running', attempts = attempts + 1, due_at = :until
				from (
					select tenant_id, key from agent.copy_task
					where state in ('due', 'running') and due_at <= :now
					order by (task ->> 'campaign') is null, due_at limit :limit for update skip locked
				) due
				where t.tenant_id = due.tenant_id and t.key = due.key
				returning t.tenant_id, t.key, t.task, t.attempts
				""")
			.param("now", SqlTime.of(now))
			.param("until", SqlTime.of(now.plus(lease)))
			.param("limit", limit)
			.query((row, number) -> claimed(row))
			.list();
	}

	private ClaimedTask claimed(ResultSet row) throws SQLException {
		return new ClaimedTask(new TenantId(row.getString("tenant_id")), row.getString("key"),
				this.json.read(row.getString("task"), CopyTask.class), row.getInt("attempts"));
	}

	void store(TenantId tenant, String key, StoredCopies copies, Instant now) {
		finish(tenant, key, "done", null, this.json.write(copies), now);
	}

	/** Stores why there is no copy, and when it may be requested again. */
	void fail(TenantId tenant, String key, String reason, Instant again) {
		finish(tenant, key, "failed", reason, null, again);
	}

	/** Makes a task due again at a later time. */
	void postpone(TenantId tenant, String key, String reason, Instant due) {
		finish(tenant, key, "due", reason, null, due);
	}

	private void finish(TenantId tenant, String key, String state, @Nullable String reason, @Nullable String copies,
			Instant due) {
		this.jdbc.sql("""
				update agent.copy_task set state = :state, reason = :reason, copies = :copies::jsonb, due_at = :due
				where tenant_id = :tenant and key = :key
				""")
			.param("state", state)
			.param("reason", reason)
			.param("copies", copies)
			.param("due", SqlTime.of(due))
			.param("tenant", tenant.value())
			.param("key", key)
			.update();
	}

	/** Returns the copies of a key that were written since a time. */
	Optional<StoredCopies> find(TenantId tenant, String key, Instant since) {
		return this.jdbc.sql("""
				select copies from agent.copy_task
				where tenant_id = :tenant and key = :key and state = 'done' and due_at > :since
				""")
			.param("tenant", tenant.value())
			.param("key", key)
			.param("since", SqlTime.of(since))
			.query((row, number) -> this.json.read(row.getString("copies"), StoredCopies.class))
			.optional();
	}

	/** Deletes tasks that were finished before a time. Returns their number. */
	int deleteFinished(Instant before, int limit) {
		return this.jdbc.sql("""
				delete from agent.copy_task where (tenant_id, key) in (
					select tenant_id, key from agent.copy_task
					where state in ('done', 'failed') and due_at < :before limit :limit)
				""").param("before", SqlTime.of(before)).param("limit", limit).update();
	}

}
