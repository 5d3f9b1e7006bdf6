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
import io.waypost.campaign.DeferralWindows;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Chunks as they are stored, and the people they put off to a later window. */
@Component
public class ChunkRepository {

	private final JdbcClient jdbc;

	private final DeferralWindows windows;

	private final Clock clock;

	ChunkRepository(JdbcClient jdbc, DeferralWindows windows, Clock clock) {
		this.jdbc = jdbc;
		this.windows = windows;
		this.clock = clock;
	}

	/**
	 * Cuts what is not cut yet of a range of the audience. Numbers follow on; a
	 * repetition cuts nothing more.
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
	 * Makes chunks of those whose window has opened. Their rows stay until the chunk is
	 * done, because they count how often each was put off.
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
							+ row_number() OVER (ORDER BY portion), 'later', array_agg(profile_id ORDER BY profile_id), 'planned'
					FROM portion GROUP BY portion
					""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("now", CampaignRepository.time(now))
			.param("size", size)
			.update();
	}

	/** How often each of these people was put off so far; who was not is absent. */
	Map<ProfileId, Integer> deferrals(TenantId tenant, CampaignId campaign, List<ProfileId> people) {
		Map<ProfileId, Integer> deferrals = new HashMap<>();
		this.jdbc.sql("""
				SELECT profile_id, attempts FROM campaign.deferral
				WHERE tenant_id = :tenant AND campaign_id = :campaign AND profile_id = ANY(:people)
				""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("people", people.stream().map(ProfileId::value).toArray(UUID[]::new))
			.query((row) -> {
				deferrals.put(new ProfileId(row.getObject("profile_id", UUID.class)), row.getInt("attempts"));
			});
		return deferrals;
	}

	/** Forgets who needs no later window any more. */
	void deleteDeferrals(TenantId tenant, CampaignId campaign, List<ProfileId> people) {
		this.jdbc.sql("""
				DELETE FROM campaign.deferral
				WHERE tenant_id = :tenant AND campaign_id = :campaign AND profile_id = ANY(:people) AND until IS NULL
				""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("people", people.stream().map(ProfileId::value).toArray(UUID[]::new))
			.update();
	}

	/** Takes every planned chunk for starting it. */
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

	/** Reads a started chunk and keeps others off it until the transaction ends. */
	public Optional<Chunk> claim(TenantId tenant, CampaignId campaign, int number) {
		return this.jdbc.sql("""
				SELECT number, phase, first_position, last_position, people FROM campaign.chunk
				WHERE tenant_id = ? AND campaign_id = ? AND number = ? AND status = 'started' FOR UPDATE
				""").params(tenant.value(), campaign.value(), number).query((row, index) -> chunk(row)).optional();
	}

	/** A chunk that cannot be done now waits for the next start. */
	public void release(TenantId tenant, CampaignId campaign, int number) {
		this.jdbc.sql("""
				UPDATE campaign.chunk SET status = 'planned', started_at = NULL
				WHERE tenant_id = ? AND campaign_id = ? AND number = ? AND status = 'started'
				""").params(tenant.value(), campaign.value(), number).update();
	}

	/** The people are of no use any more, and the less is kept of them the better. */
	void complete(TenantId tenant, CampaignId campaign, int number, int queued, int withheld, int deferred) {
		this.jdbc.sql("""
				UPDATE campaign.chunk SET status = 'done', queued = ?, withheld = ?, deferred = ?, done_at = ?,
					people = CASE WHEN people IS NOT NULL THEN '{}'::uuid[] END
				WHERE tenant_id = ? AND campaign_id = ? AND number = ?
				""").params(queued, withheld, deferred, now(), tenant.value(), campaign.value(), number).update();
	}

	void defer(TenantId tenant, CampaignId campaign, List<ProfileId> people, List<Instant> until) {
		this.jdbc.sql("""
				INSERT INTO campaign.deferral AS d (tenant_id, campaign_id, profile_id, until)
				SELECT :tenant, :campaign, * FROM unnest(:people::uuid[], :until::timestamptz[])
				ON CONFLICT (tenant_id, campaign_id, profile_id) DO UPDATE
					SET until = excluded.until, attempts = d.attempts + 1
				""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("people", people.stream().map(ProfileId::value).toArray(UUID[]::new))
			.param("until", until.stream().map(this.windows::opensAt).map(Instant::toString).toArray(String[]::new))
			.update();
	}

	/** When the next window opens of somebody who was put off; empty when nobody was. */
	public Optional<Instant> nextWindow(TenantId tenant, CampaignId campaign) {
		return this.jdbc
			.sql("SELECT min(until) AS until FROM campaign.deferral WHERE tenant_id = ? AND campaign_id = ?")
			.params(tenant.value(), campaign.value())
			.query((row, number) -> Optional.ofNullable(row.getObject("until", OffsetDateTime.class)))
			.single()
			.map(OffsetDateTime::toInstant);
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
		UUID @Nullable [] people = (row.getArray("people") != null) ? (UUID[]) row.getArray("people").getArray() : null;
		return new Chunk(row.getInt("number"), ChunkPhase.valueOf(row.getString("phase").toUpperCase(Locale.ROOT)),
				row.getInt("first_position"), row.getInt("last_position"),
				(people != null) ? Arrays.stream(people).map(ProfileId::new).toList() : null);
	}

	private OffsetDateTime now() {
		return CampaignRepository.time(this.clock.instant());
	}

	/** In which part of the campaign a chunk's people are written to. */
	public enum ChunkPhase {

		/** As a part of the test. */
		TEST,

		/** After the verdict, or without a test. */
		ROLLOUT,

		/** In a later window than the others. */
		LATER

	}

	/**
	 * A piece of work.
	 *
	 * @param number from 1
	 * @param phase when
	 * @param first number of the first person in the audience
	 * @param last number of the last
	 * @param people who, when the chunk is no range of the audience
	 */
	public record Chunk(int number, ChunkPhase phase, int first, int last, @Nullable List<ProfileId> people) {

	}

	/**
	 * Chunks so far.
	 *
	 * @param chunks how many there are
	 * @param done how many are done
	 */
	public record ChunkCounts(int chunks, int done) {

		boolean isDone() {
			return this.chunks == this.done;
		}

	}

}
