package io.waypost.campaign;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.waypost.audience.Audience;
import io.waypost.audience.AudienceId;
import io.waypost.database.JsonColumn;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores campaigns. Every change of status names the statuses from which it is allowed.
 */
@Component
public class CampaignRepository {

	private static final String COLUMNS = """
			SELECT id, name, goal, template, topic, segment, category, schedule, experiment, holdout_percent, status, reason, audience_id,
				size, process_instance_id, created_by, created_at, launched_at, ended_at, best_hour_within, offer
			FROM campaign.campaign
			""";

	private final JdbcClient jdbc;

	private final JsonColumn json;

	private final Clock clock;

	CampaignRepository(JdbcClient jdbc, JsonColumn json, Clock clock) {
		this.jdbc = jdbc;
		this.json = json;
		this.clock = clock;
	}

	void insert(TenantId tenant, Campaign campaign) {
		CampaignBrief brief = campaign.brief();
		this.jdbc
			.sql("""
					INSERT INTO campaign.campaign (tenant_id, id, name, goal, template, topic, segment, category, schedule, experiment,
						holdout_percent, best_hour_within, offer, size, status, created_by, created_at, updated_at)
					VALUES (:tenant, :id, :name, :goal, :template, :topic, :segment, :category, :schedule, :experiment::jsonb, :holdout,
						:bestHour, :offer, :size, 'draft', :by, :at, :at)
					""")
			.param("tenant", tenant.value())
			.param("id", campaign.id().value())
			.param("name", brief.name())
			.param("goal", brief.goal())
			.param("template", brief.template())
			.param("topic", campaign.topic())
			.param("segment", brief.segment())
			.param("category", brief.category())
			.param("schedule", SqlTime.ofNullable(brief.schedule()))
			.param("experiment", this.json.writeNullable(brief.test()))
			.param("holdout", brief.holdoutPercent())
			.param("bestHour", (brief.bestHourWithin() != null) ? brief.bestHourWithin().toString() : null)
			.param("offer", brief.offer())
			.param("size", campaign.size())
			.param("by", campaign.createdBy())
			.param("at", SqlTime.of(campaign.createdAt()))
			.update();
	}

	Optional<Campaign> find(TenantId tenant, CampaignId id) {
		return this.jdbc.sql(COLUMNS + "WHERE tenant_id = ? AND id = ?")
			.params(tenant.value(), id.value())
			.query((row, number) -> campaign(row))
			.optional();
	}

	List<Campaign> list(TenantId tenant, int limit, @Nullable UUID before) {
		return this.jdbc
			.sql(COLUMNS + "WHERE tenant_id = :tenant AND (:before::uuid IS NULL OR id < :before::uuid)"
					+ " ORDER BY id DESC LIMIT :limit")
			.param("tenant", tenant.value())
			.param("before", before)
			.param("limit", limit)
			.query((row, number) -> campaign(row))
			.list();
	}

	/** Records the launch; false when the campaign is no longer a draft. */
	boolean launch(TenantId tenant, CampaignId id, String by) {
		return this.jdbc
			.sql("""
					UPDATE campaign.campaign SET status = 'preparing', launched_by = :by, launched_at = :at, updated_at = :at
					WHERE tenant_id = :tenant AND id = :id AND status = 'draft'
					""")
			.param("tenant", tenant.value())
			.param("id", id.value())
			.param("by", by)
			.param("at", now())
			.update() == 1;
	}

	/** Who created and who launched the campaign. */
	Set<String> creatorAndLauncher(TenantId tenant, CampaignId id) {
		return this.jdbc.sql("""
				SELECT DISTINCT actor FROM campaign.campaign, unnest(ARRAY[created_by, launched_by]) AS actor
				WHERE tenant_id = ? AND id = ? AND actor IS NOT NULL
				""").params(tenant.value(), id.value()).query(String.class).set();
	}

	/** Assigns the process instance; false when the campaign has another one. */
	boolean assignProcess(TenantId tenant, CampaignId id, String processInstance) {
		return this.jdbc.sql("""
				UPDATE campaign.campaign SET process_instance_id = ?
				WHERE tenant_id = ? AND id = ? AND process_instance_id IS NULL AND status = 'preparing'
				""").params(processInstance, tenant.value(), id.value()).update() == 1;
	}

	/** Whether no campaign with a template has been completed yet. */
	boolean isFirstUse(TenantId tenant, String template) {
		return this.jdbc.sql("""
				SELECT NOT EXISTS (SELECT FROM campaign.campaign
					WHERE tenant_id = ? AND template = ? AND status = 'completed')
				""").params(tenant.value(), template).query(Boolean.class).single();
	}

	/**
	 * Changes the status; false when the campaign has none of the expected statuses.
	 * Pausing keeps the previous status for {@link #resume}.
	 */
	boolean move(TenantId tenant, CampaignId id, Collection<CampaignStatus> from, CampaignStatus to,
			@Nullable String reason) {
		return this.jdbc.sql("""
				UPDATE campaign.campaign
				SET status = :to, reason = :reason, paused_from = CASE WHEN :to = 'paused' THEN status END,
					ended_at = CASE WHEN :ended THEN :at ELSE ended_at END, updated_at = :at
				WHERE tenant_id = :tenant AND id = :id AND status = ANY(:from::text[])
				""")
			.param("tenant", tenant.value())
			.param("id", id.value())
			.param("from", SqlArray.texts(from, CampaignRepository::name))
			.param("to", name(to))
			.param("reason", reason)
			.param("ended", !to.isOpen())
			.param("at", now())
			.update() == 1;
	}

	/** Starts the roll-out after a test; a paused campaign stays paused. */
	void rollOut(TenantId tenant, CampaignId id) {
		this.jdbc
			.sql("""
					UPDATE campaign.campaign
					SET status = CASE WHEN status = 'paused' THEN status ELSE 'sending' END,
						paused_from = CASE WHEN status = 'paused' THEN 'sending' END, updated_at = :at
					WHERE tenant_id = :tenant AND id = :id AND status IN ('preparing', 'in_review', 'testing', 'sending', 'paused')
					""")
			.param("tenant", tenant.value())
			.param("id", id.value())
			.param("at", now())
			.update();
	}

	/** Restores the status before the pause; empty when the campaign is not paused. */
	Optional<CampaignStatus> resume(TenantId tenant, CampaignId id) {
		return this.jdbc.sql("""
				UPDATE campaign.campaign SET status = paused_from, paused_from = NULL, reason = NULL, updated_at = :at
				WHERE tenant_id = :tenant AND id = :id AND status = 'paused' RETURNING status
				""")
			.param("tenant", tenant.value())
			.param("id", id.value())
			.param("at", now())
			.query((row, number) -> status(row.getString("status")))
			.optional();
	}

	void saveAudience(TenantId tenant, CampaignId id, Audience audience) {
		this.jdbc.sql("""
				UPDATE campaign.campaign SET audience_id = ?, size = ?, updated_at = ? WHERE tenant_id = ? AND id = ?
				""").params(audience.id().value(), audience.size(), now(), tenant.value(), id.value()).update();
	}

	/** Answer of the approval table and decision of the approver; empty before them. */
	Map<String, Object> approval(TenantId tenant, CampaignId id) {
		return this.jdbc
			.sql("SELECT coalesce(approval, '{}') AS approval FROM campaign.campaign WHERE tenant_id = ? AND id = ?")
			.params(tenant.value(), id.value())
			.query((row, number) -> this.json.readMap(row.getString("approval")))
			.optional()
			.orElse(Map.of());
	}

	void saveApproval(TenantId tenant, CampaignId id, Object approval) {
		this.jdbc
			.sql("""
					UPDATE campaign.campaign SET approval = coalesce(approval, '{}') || ?::jsonb WHERE tenant_id = ? AND id = ?
					""")
			.params(this.json.write(approval), tenant.value(), id.value())
			.update();
	}

	/**
	 * Finds running campaigns with planned chunks that no process has started. This
	 * happens when a campaign is paused and resumed while a chunk is being released.
	 */
	List<WaitingCampaign> withUnstartedChunks(int limit) {
		return this.jdbc.sql("""
				SELECT DISTINCT c.tenant_id, c.id, c.status FROM campaign.campaign c
					JOIN campaign.chunk k ON k.tenant_id = c.tenant_id AND k.campaign_id = c.id AND k.status = 'planned'
				WHERE c.status IN ('testing', 'sending') LIMIT ?
				""")
			.param(limit)
			.query((row, number) -> new WaitingCampaign(new TenantId(row.getString("tenant_id")),
					new CampaignId(row.getObject("id", UUID.class)), row.getString("status").equals("sending")))
			.list();
	}

	/**
	 * Finds running campaigns whose chunks are all done; they wait for their sends only.
	 */
	List<WaitingCampaign> withAllChunksDone(int limit) {
		return this.jdbc.sql("""
				SELECT tenant_id, id, status FROM campaign.campaign c
				WHERE status IN ('testing', 'sending')
					AND NOT EXISTS (SELECT FROM campaign.chunk WHERE tenant_id = c.tenant_id AND campaign_id = c.id
						AND status <> 'done')
				ORDER BY updated_at LIMIT ?
				""")
			.param(limit)
			.query((row, number) -> new WaitingCampaign(new TenantId(row.getString("tenant_id")),
					new CampaignId(row.getObject("id", UUID.class)), row.getString("status").equals("sending")))
			.list();
	}

	/**
	 * Resets started chunks and deletes deferrals of a campaign that has ended. A failed
	 * chunk with the status started would make other campaigns wait. Chunks are locked
	 * before deferrals, in the same order as when a chunk is processed.
	 */
	void clearPendingWork(TenantId tenant, CampaignId id) {
		this.jdbc.sql("""
				UPDATE campaign.chunk SET status = 'planned', started_at = NULL
				WHERE tenant_id = ? AND campaign_id = ? AND status = 'started'
				""").params(tenant.value(), id.value()).update();
		this.jdbc.sql("DELETE FROM campaign.deferral WHERE tenant_id = ? AND campaign_id = ?")
			.params(tenant.value(), id.value())
			.update();
	}

	/** Finds campaigns in their test with deferred recipients whose window has opened. */
	List<WaitingCampaign> testingWithDueDeferrals(int limit) {
		return this.jdbc.sql("""
				SELECT tenant_id, id FROM campaign.campaign c
				WHERE status = 'testing' AND EXISTS (SELECT FROM campaign.deferral
					WHERE tenant_id = c.tenant_id AND campaign_id = c.id AND until <= :now)
				LIMIT :limit
				""")
			.param("now", now())
			.param("limit", limit)
			.query((row, number) -> new WaitingCampaign(new TenantId(row.getString("tenant_id")),
					new CampaignId(row.getObject("id", UUID.class)), false))
			.list();
	}

	private Campaign campaign(ResultSet row) throws SQLException {
		UUID audience = row.getObject("audience_id", UUID.class);
		CampaignBrief brief = new CampaignBrief(row.getString("name"), row.getString("goal"), row.getString("template"),
				row.getString("segment"), row.getString("category"), SqlTime.readNullable(row, "schedule"),
				this.json.readNullable(row.getString("experiment"), ExperimentPlan.class),
				row.getDouble("holdout_percent"), duration(row.getString("best_hour_within")), row.getString("offer"));
		return new Campaign(new CampaignId(row.getObject("id", UUID.class)), brief, row.getString("topic"),
				status(row.getString("status")), row.getString("reason"),
				(audience != null) ? new AudienceId(audience) : null, row.getInt("size"),
				row.getString("process_instance_id"), row.getString("created_by"), SqlTime.read(row, "created_at"),
				SqlTime.readNullable(row, "launched_at"), SqlTime.readNullable(row, "ended_at"));
	}

	private static @Nullable Duration duration(@Nullable String text) {
		return (text != null) ? Duration.parse(text) : null;
	}

	private OffsetDateTime now() {
		return SqlTime.of(this.clock.instant());
	}

	public static String name(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	private static CampaignStatus status(String name) {
		return CampaignStatus.valueOf(name.toUpperCase(Locale.ROOT));
	}

	/**
	 * A campaign that waits for its chunks or sends.
	 *
	 * @param tenant the tenant
	 * @param campaign id of the campaign
	 * @param sending true for the status sending, false for testing
	 */
	record WaitingCampaign(TenantId tenant, CampaignId campaign, boolean sending) {

	}

	/** Returns the statuses in which a campaign has not ended. */
	static Set<CampaignStatus> openStatuses() {
		return Set.of(CampaignStatus.DRAFT, CampaignStatus.AWAITING_APPROVAL, CampaignStatus.PREPARING,
				CampaignStatus.IN_REVIEW, CampaignStatus.TESTING, CampaignStatus.SENDING, CampaignStatus.PAUSED);
	}

}
