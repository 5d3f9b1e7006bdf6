package io.waypost.campaign.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import io.waypost.agent.review.Review;
import io.waypost.campaign.CampaignContent;
import io.waypost.campaign.CampaignContent.ContentStatus;
import io.waypost.campaign.CampaignRepository;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.kernel.CampaignId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores the content of campaigns and the review decisions about it. */
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

	/** Stores content; a repeated step does not replace it. */
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
			.param("archetypes", SqlArray.texts(contents, CampaignContent::archetype))
			.param("variants", SqlArray.texts(contents, CampaignContent::variant))
			.param("contents", SqlArray.uuids(contents, CampaignContent::content))
			.param("people", SqlArray.ints(contents, CampaignContent::people))
			.param("statuses", SqlArray.texts(contents, (content) -> name(content.status())))
			.param("reasons", SqlArray.texts(contents, CampaignContent::reason))
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

	/** Applies a decision; the resulting content replaces the flagged one. */
	void decide(TenantId tenant, CampaignId campaign, UUID content, ContentDecision decided) {
		this.jdbc
			.sql("""
					UPDATE campaign.content SET content_id = :newContent, status = :status, reason = :reason, task_id = NULL,
						reviewer = :reviewer, decision = :decision, comment = :comment, subject = NULL,
						body = NULL, decided_at = :at
					WHERE tenant_id = :tenant AND campaign_id = :campaign AND content_id = :content
					""")
			.param("newContent", decided.content())
			.param("status", name(decided.status()))
			.param("reason", decided.reason())
			.param("reviewer", decided.review().reviewer())
			.param("decision", decided.review().decision().name())
			.param("comment", decided.review().reason())
			.param("at", SqlTime.of(this.clock.instant()))
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("content", content)
			.update();
	}

	/** Stores the first decision of a task until it is applied. */
	boolean saveDecision(TenantId tenant, CampaignId campaign, UUID content, String task, Review review) {
		return this.jdbc
			.sql("""
					UPDATE campaign.content SET decision = :decision, reviewer = :reviewer, comment = :comment, subject = :subject,
						body = :body, task_id = NULL
					WHERE tenant_id = :tenant AND campaign_id = :campaign AND content_id = :content AND task_id = :task
					""")
			.param("decision", review.decision().name())
			.param("reviewer", review.reviewer())
			.param("comment", review.reason())
			.param("subject", review.subject())
			.param("body", review.body())
			.param("tenant", tenant.value())
			.param("campaign", campaign.value())
			.param("content", content)
			.param("task", task)
			.update() == 1;
	}

	Review decision(TenantId tenant, CampaignId campaign, UUID content) {
		return this.jdbc.sql("""
				SELECT decision, reviewer, comment, subject, body FROM campaign.content
				WHERE tenant_id = ? AND campaign_id = ? AND content_id = ?
				""")
			.params(tenant.value(), campaign.value(), content)
			.query((row, number) -> new Review(Review.ReviewDecision.valueOf(row.getString("decision")),
					row.getString("reviewer"), row.getString("comment"), row.getString("subject"),
					row.getString("body")))
			.single();
	}

	private static CampaignContent content(ResultSet row) throws SQLException {
		return new CampaignContent(row.getString("archetype"), row.getString("variant"),
				row.getObject("content_id", UUID.class), row.getInt("people"),
				ContentStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)), row.getString("reason"),
				row.getString("task_id"), row.getString("reviewer"), SqlTime.readNullable(row, "decided_at"));
	}

	private static String name(ContentStatus status) {
		return CampaignRepository.name(status);
	}

	/**
	 * A decision about flagged content.
	 *
	 * @param content id of the resulting content
	 * @param status whether it may be sent
	 * @param reason short code why not, null when it may be sent
	 * @param review the review
	 */
	record ContentDecision(UUID content, ContentStatus status, @Nullable String reason, Review review) {

	}

}
