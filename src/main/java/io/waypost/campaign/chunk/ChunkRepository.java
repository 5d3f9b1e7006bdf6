package io.waypost.campaign.chunk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.waypost.campaign.CampaignRepository;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.FastTime;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores chunks and deferred recipients. */
@Component
public class ChunkRepository {

	private final JdbcClient jdbc;

	private final FastTime fastTime;

	private final Clock clock;

	ChunkRepository(JdbcClient jdbc, FastTime fastTime, Clock clock) {
		this.jdbc = jdbc;
		this.fastTime = fastTime;
		this.clock = clock;
	}

	/**
	 * Creates chunks for the audience up to a position, starting after the existing
	 * chunks. A repeated call creates none.
	 */
	public void createChunks(TenantId tenant, CampaignId campaign, ChunkPhase phase, int upTo, int size) {
		this.jdbc
			.sql("""
					INSERT INTO campaign.chunk (tenant_id, campaign_id, number, phase, first_position, last_position, status)
					SELECT :tenant, :campaign, before.chunks + row_number() OVER (ORDER BY first), :phase, first,
						least(first + :size - 1, :upTo), 'planned'
					FROM (SELECT count(*)::integer AS chunks, coalesce(max(last_position), 0) AS cut FROM campaign.chunk
							WHERE tenant_id = :tenant AND campaign_id = :campaign) AS before,
						generate_series(before.cut + 1, :upTo, :size) AS first
					""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("phase", CampaignRepository.name(phase))
			.param("upTo", upTo)
			.param("size", size)
			.update();
	}

	/**
	 * Creates chunks of the deferred recipients whose window has opened. Their rows
	 * remain until the chunk is done, because they count the deferrals.
	 */
	public void createDeferredChunks(TenantId tenant, CampaignId campaign, Instant now, int size) {
		this.jdbc
			.sql("""
					WITH due AS (
						UPDATE campaign.deferral SET until = NULL
						WHERE tenant_id = :tenant AND campaign_id = :campaign AND until <= :now
						RETURNING profile_id
					), portion AS (
						SELECT profile_id, (row_number() OVER (ORDER BY profile_id) - 1) / :size AS portion FROM due
					)
					INSERT INTO campaign.chunk (tenant_id, campaign_id, number, phase, people, status)
					SELECT :tenant, :campaign,
						(SELECT count(*) FROM campaign.chunk WHERE tenant_id = :tenant AND campaign_id = :campaign)
							+ row_number() OVER (ORDER BY portion), 'deferred', array_agg(profile_id ORDER BY profile_id), 'planned'
					FROM portion GROUP BY portion
					""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("now", SqlTime.of(now))
			.param("size", size)
			.update();
	}

	/**
	 * Returns the number of deferrals by recipient, without recipients that have none.
	 */
	Map<ProfileId, Integer> deferrals(TenantId tenant, CampaignId campaign, List<ProfileId> recipients) {
		Map<ProfileId, Integer> deferrals = new HashMap<>();
		this.jdbc.sql("""
				SELECT profile_id, attempts FROM campaign.deferral
				WHERE tenant_id = :tenant AND campaign_id = :campaign AND profile_id = ANY(:people::uuid[])
				""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("people", SqlArray.uuids(recipients, (profile) -> profile.value()))
			.query((row) -> {
				deferrals.put(new ProfileId(row.getObject("profile_id", UUID.class)), row.getInt("attempts"));
			});
		return deferrals;
	}

	/** Deletes the rows of recipients that were not deferred again. */
	void deleteDeferrals(TenantId tenant, CampaignId campaign, List<ProfileId> recipients) {
		this.jdbc
			.sql("""
					DELETE FROM campaign.deferral
					WHERE tenant_id = :tenant AND campaign_id = :campaign AND profile_id = ANY(:people::uuid[]) AND until IS NULL
					""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("people", SqlArray.uuids(recipients, (profile) -> profile.value()))
			.update();
	}

	/** Marks every planned chunk as started and returns their numbers. */
	public List<Integer> start(TenantId tenant, CampaignId campaign) {
		return this.jdbc.sql("""
				UPDATE campaign.chunk SET status = 'started', started_at = :now
				WHERE tenant_id = :tenant AND campaign_id = :campaign AND status = 'planned' RETURNING number
				""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("now", now())
			.query(Integer.class)
			.list()
			.stream()
			.sorted()
			.toList();
	}

	/** Returns whether the campaign has the chunk. */
	public boolean exists(TenantId tenant, CampaignId campaign, int number) {
		return this.jdbc.sql("""
				SELECT EXISTS (SELECT FROM campaign.chunk WHERE tenant_id = ? AND campaign_id = ? AND number = ?)
				""").params(tenant.value(), campaign.value(), number).query(Boolean.class).single();
	}

	/** Reads and locks a started chunk until the transaction ends. */
	public Optional<Chunk> claim(TenantId tenant, CampaignId campaign, int number) {
		return this.jdbc.sql("""
				SELECT number, phase, first_position, last_position, people FROM campaign.chunk
				WHERE tenant_id = ? AND campaign_id = ? AND number = ? AND status = 'started' FOR UPDATE
				""").params(tenant.value(), campaign.value(), number).query((row, index) -> chunk(row)).optional();
	}

	/** Resets a chunk that cannot be processed now to planned. */
	public void release(TenantId tenant, CampaignId campaign, int number) {
		this.jdbc.sql("""
				UPDATE campaign.chunk SET status = 'planned', started_at = NULL
				WHERE tenant_id = ? AND campaign_id = ? AND number = ? AND status = 'started'
				""").params(tenant.value(), campaign.value(), number).update();
	}

	/** Completes a chunk and deletes its list of recipients (data minimisation). */
	void complete(TenantId tenant, CampaignId campaign, int number, int queued, int withheld, int deferred) {
		this.jdbc.sql("""
				UPDATE campaign.chunk SET status = 'done', queued = ?, withheld = ?, deferred = ?, done_at = ?,
					people = CASE WHEN people IS NOT NULL THEN '{}'::uuid[] END
				WHERE tenant_id = ? AND campaign_id = ? AND number = ?
				""").params(queued, withheld, deferred, now(), tenant.value(), campaign.value(), number).update();
	}

	void defer(TenantId tenant, CampaignId campaign, List<ProfileId> recipients, List<Instant> until) {
		this.jdbc.sql("""
				INSERT INTO campaign.deferral AS d (tenant_id, campaign_id, profile_id, until)
				SELECT :tenant, :campaign, * FROM unnest(:people::uuid[], :until::timestamptz[])
				ON CONFLICT (tenant_id, campaign_id, profile_id) DO UPDATE
					SET until = excluded.until, attempts = d.attempts + 1
				""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("people", SqlArray.uuids(recipients, (profile) -> profile.value()))
			.param("until", SqlArray.times(until, this.fastTime::shorten))
			.update();
	}

	/** Returns the start of the next window of deferred recipients, empty without any. */
	public Optional<Instant> nextWindow(TenantId tenant, CampaignId campaign) {
		return this.jdbc
			.sql("SELECT min(until) AS until FROM campaign.deferral WHERE tenant_id = ? AND campaign_id = ?")
			.params(tenant.value(), campaign.value())
			.query((row, number) -> Optional.ofNullable(SqlTime.readNullable(row, "until")))
			.single();
	}

	public ChunkCounts count(TenantId tenant, CampaignId campaign) {
		return this.jdbc.sql("""
				SELECT count(*) AS chunks, count(*) FILTER (WHERE status = 'done') AS done FROM campaign.chunk
				WHERE tenant_id = ? AND campaign_id = ?
				""")
			.params(tenant.value(), campaign.value())
			.query((row, number) -> new ChunkCounts(row.getInt("chunks"), row.getInt("done")))
			.single();
	}

	private static Chunk chunk(ResultSet row) throws SQLException {
		UUID @Nullable [] recipients = (row.getArray("people") != null) ? (UUID[]) row.getArray("people").getArray()
				: null;
		return new Chunk(row.getInt("number"), ChunkPhase.valueOf(row.getString("phase").toUpperCase(Locale.ROOT)),
				row.getInt("first_position"), row.getInt("last_position"),
				(recipients != null) ? Arrays.stream(recipients).map(ProfileId::new).toList() : null);
	}

	private OffsetDateTime now() {
		return SqlTime.of(this.clock.instant());
	}

	/** Phase of the campaign in which a chunk is sent. */
	public enum ChunkPhase {

		/** During the test. */
		TEST,

		/** After the test, or without a test. */
		ROLLOUT,

		/** In a later send window. */
		DEFERRED

	}

	/**
	 * A chunk.
	 *
	 * @param number number from 1
	 * @param phase phase of the campaign
	 * @param first position of its first recipient in the audience
	 * @param last position of its last recipient
	 * @param recipients its recipients; null when they are a range of the audience
	 */
	public record Chunk(int number, ChunkPhase phase, int first, int last, @Nullable List<ProfileId> recipients) {

	}

	/**
	 * Number of chunks.
	 *
	 * @param chunks number of chunks
	 * @param done number of completed chunks
	 */
	public record ChunkCounts(int chunks, int done) {

	}

}
