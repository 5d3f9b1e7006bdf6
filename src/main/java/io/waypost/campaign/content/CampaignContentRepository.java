package io.waypost.campaign.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import io.waypost.agent.Review;
import io.waypost.campaign.CampaignContent;
import io.waypost.campaign.CampaignContent.ContentStatus;
import io.waypost.campaign.CampaignRepository;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which words belong to a campaign, and what was decided about them. */
@Component
public class CampaignContentRepository {

	private static final String COLUMNS = """
			SELECT archetype, variant, content_id, people, status, reason, task_id, reviewer, decided_at
			FROM campaign.content
			""";

	private final JdbcClient jdbc;

	private final Clock clock;

	CampaignContentRepository(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** Words written once are not written again when the step is repeated. */
	public void insert(TenantId tenant, CampaignId campaign, List<CampaignContent> contents) {
		this.jdbc
			.sql("""
					INSERT INTO campaign.content (tenant_id, campaign_id, archetype, variant, content_id, people, status, reason)
					SELECT :tenant, :campaign, * FROM unnest(:archetypes::text[], :variants::text[], :contents::uuid[],
						:people::integer[], :statuses::text[], :reasons::text[])
					ON CONFLICT DO NOTHING
					""")
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("archetypes", contents.stream().map(CampaignContent::archetype).toArray(String[]::new))
			.param("variants", contents.stream().map(CampaignContent::variant).toArray(String[]::new))
			.param("contents", contents.stream().map(CampaignContent::content).toArray(UUID[]::new))
			.param("people", contents.stream().map(CampaignContent::people).toArray(Integer[]::new))
			.param("statuses", contents.stream().map((content) -> name(content.status())).toArray(String[]::new))
			.param("reasons", contents.stream().map(CampaignContent::reason).toArray(String[]::new))
			.update();
	}

	public List<CampaignContent> of(TenantId tenant, CampaignId campaign) {
		return this.jdbc.sql(COLUMNS + "WHERE tenant_id = ? AND campaign_id = ? ORDER BY archetype, variant")
			.params(tenant.value(), campaign.value())
			.query((row, number) -> content(row))
			.list();
	}

	public Optional<CampaignContent> find(TenantId tenant, CampaignId campaign, UUID content) {
		return this.jdbc.sql(COLUMNS + "WHERE tenant_id = ? AND campaign_id = ? AND content_id = ?")
			.params(tenant.value(), campaign.value(), content)
			.query((row, number) -> content(row))
			.optional();
	}

	public void assignReviewTask(TenantId tenant, CampaignId campaign, UUID content, @Nullable String task) {
		this.jdbc
			.sql("UPDATE campaign.content SET task_id = ? WHERE tenant_id = ? AND campaign_id = ? AND content_id = ?")
			.params(task, tenant.value(), campaign.value(), content)
			.update();
	}

	/** Notes a decision; other words take the place of those that were decided about. */
	void decide(TenantId tenant, CampaignId campaign, UUID content, ContentDecision decided) {
		this.jdbc.sql("""
				UPDATE campaign.content SET content_id = :words, status = :status, reason = :reason, task_id = NULL,
					reviewer = :reviewer, decision = :decision, said = :said, subject = NULL,
					body = NULL, decided_at = :at
				WHERE tenant_id = :tenant AND campaign_id = :campaign AND content_id = :content
				""")
			.param("words", decided.content())
			.param("status", name(decided.status()))
			.param("reason", decided.reason())
			.param("reviewer", decided.review().reviewer())
			.param("decision", decided.review().decision().name())
			.param("said", decided.review().reason())
			.param("at", CampaignRepository.time(this.clock.instant()))
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("content", content)
			.update();
	}

	/** Keeps a decision until the step that acts on it. */
	void saveDecision(TenantId tenant, CampaignId campaign, UUID content, Review review) {
		this.jdbc
			.sql("""
					UPDATE campaign.content SET decision = :decision, reviewer = :reviewer, said = :said, subject = :subject,
						body = :body, task_id = NULL
					WHERE tenant_id = :tenant AND campaign_id = :campaign AND content_id = :content
					""")
			.param("decision", review.decision().name())
			.param("reviewer", review.reviewer())
			.param("said", review.reason())
			.param("subject", review.subject())
			.param("body", review.body())
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("content", content)
			.update();
	}

	Review decision(TenantId tenant, CampaignId campaign, UUID content) {
		return this.jdbc.sql("""
				SELECT decision, reviewer, said, subject, body FROM campaign.content
				WHERE tenant_id = ? AND campaign_id = ? AND content_id = ?
				""")
			.params(tenant.value(), campaign.value(), content)
			.query((row, number) -> new Review(Review.ReviewDecision.valueOf(row.getString("decision")),
					row.getString("reviewer"), row.getString("said"), row.getString("subject"), row.getString("body")))
			.single();
	}

	private static CampaignContent content(ResultSet row) throws SQLException {
		return new CampaignContent(row.getString("archetype"), row.getString("variant"),
				row.getObject("content_id", UUID.class), row.getInt("people"),
				ContentStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)), row.getString("reason"),
				row.getString("task_id"), row.getString("reviewer"), CampaignRepository.instant(row, "decided_at"));
	}

	private static String name(ContentStatus status) {
		return CampaignRepository.name(status);
	}

	/**
	 * What was decided about words.
	 *
	 * @param words the words in force from now on
	 * @param status whether they may be sent
	 * @param reason why not, null when they may
	 * @param review what was decided, and by whom
	 */
	record ContentDecision(UUID content, ContentStatus status, @Nullable String reason, Review review) {

	}

}
