package io.waypost.journey.review;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.agent.review.Review;
import io.waypost.database.SqlArray;
import io.waypost.database.SqlTime;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * SQL access to the decisions of reviewers, from the completed task to the step that
 * applies it.
 */
@Component
public class ReviewRepository {

	private final JdbcClient jdbc;

	private final Ledger ledger;

	private final Clock clock;

	ReviewRepository(JdbcClient jdbc, Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Stores a decision with the changed content. Of several decisions of one task the
	 * first is stored; the others wait until its transaction has ended.
	 * @param tenant the tenant
	 * @param send id of the message
	 * @param task id of the reviewer's task
	 * @param content digest of the content that the reviewer saw
	 * @param review the decision
	 * @return false if the task has a decision
	 */
	public boolean record(TenantId tenant, SendId send, String task, String content, Review review) {
		return this.jdbc.sql("""
				INSERT INTO journey.review (tenant_id, send_id, task_id, content, decision, reviewer, reason, subject,
					body, decided_at)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT (tenant_id, send_id, task_id) DO NOTHING
				""")
			.params(tenant.value(), send.value(), task, content, review.decision().name(), review.reviewer(),
					review.reason(), review.subject(), review.body(), SqlTime.of(this.clock.instant()))
			.update() == 1;
	}

	/** Records an escalation in the ledger. */
	public void recordEscalation(TenantId tenant, SendId send, List<String> tasks) {
		this.ledger.record(List.of(new LedgerEntry(tenant, this.clock.instant(), "review.escalated", "send:" + send,
				"system", Map.of("tasks", tasks))));
	}

	/**
	 * Erases the content of reviews. Who decided what stays.
	 */
	public int erase(TenantId tenant, List<SendId> sends) {
		return this.jdbc.sql("""
				UPDATE journey.review SET reason = NULL, subject = NULL, body = NULL
				WHERE tenant_id = :tenant AND send_id = ANY(:sends)
				""").param("tenant", tenant.value()).param("sends", SqlArray.uuids(sends, SendId::value)).update();
	}

	/**
	 * The newest decision about the content of a message as it is now.
	 * @param tenant the tenant
	 * @param send id of the message
	 * @param content digest of the content
	 * @return the decision; empty when this content was not reviewed
	 */
	public Optional<Review> newest(TenantId tenant, SendId send, String content) {
		return this.jdbc.sql("""
				SELECT decision, reviewer, reason, subject, body FROM journey.review
				WHERE tenant_id = ? AND send_id = ? AND content = ? ORDER BY decided_at DESC, task_id DESC LIMIT 1
				""")
			.params(tenant.value(), send.value(), content)
			.query((row, number) -> new Review(Review.ReviewDecision.valueOf(row.getString("decision")),
					row.getString("reviewer"), row.getString("reason"), row.getString("subject"),
					row.getString("body")))
			.optional();
	}

}
