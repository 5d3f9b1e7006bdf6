package io.waypost.journey;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.waypost.agent.Review;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Entry;
import io.waypost.ledger.Ledger;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What reviewers decided, from the completed task to the step that applies it. */
@Component
class Reviews {

	private final JdbcClient jdbc;

	private final Ledger ledger;

	private final Clock clock;

	Reviews(JdbcClient jdbc, Ledger ledger, Clock clock) {
		this.jdbc = jdbc;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Keeps a decision and puts it on record; the words themselves stay off the record.
	 */
	void record(TenantId tenant, SendId send, String task, Review review) {
		this.jdbc.sql("""
				INSERT INTO journey.review (tenant_id, send_id, task_id, decision, reviewer, reason, subject, body,
					decided_at)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
				""")
			.params(tenant.value(), send.value(), task, review.decision().name(), review.reviewer(), review.reason(),
					review.subject(), review.body(), JourneyRuns.at(this.clock.instant()))
			.update();
		enter(tenant, send, task, review);
	}

	/** The decision that a step has to apply: the reviewer's, or that nobody decided. */
	Review decided(JourneyContext context) {
		if (context.givenDecision().isPresent()) {
			Review expired = new Review(Review.Decision.valueOf(context.givenDecision().get()), "system", "expired",
					null, null);
			enter(context.tenant(), context.send(), "", expired);
			return expired;
		}
		return newest(context.tenant(), context.send());
	}

	/** Puts an escalation on record. */
	void escalated(TenantId tenant, SendId send, List<String> tasks) {
		this.ledger.record(List.of(new Entry(tenant, this.clock.instant(), "review.escalated", "send:" + send, "system",
				Map.of("tasks", tasks))));
	}

	private Review newest(TenantId tenant, SendId send) {
		return this.jdbc.sql("""
				SELECT decision, reviewer, reason, subject, body FROM journey.review
				WHERE tenant_id = ? AND send_id = ? ORDER BY decided_at DESC, task_id DESC LIMIT 1
				""")
			.params(tenant.value(), send.value())
			.query((row, number) -> new Review(Review.Decision.valueOf(row.getString("decision")),
					row.getString("reviewer"), row.getString("reason"), row.getString("subject"),
					row.getString("body")))
			.single();
	}

	private void enter(TenantId tenant, SendId send, String task, Review review) {
		Map<String, Object> facts = new HashMap<>();
		facts.put("decision", review.decision().name());
		facts.put("edited", review.subject() != null || review.body() != null);
		if (!task.isEmpty()) {
			facts.put("task", task);
		}
		String actor = "system".equals(review.reviewer()) ? "system" : "user:" + review.reviewer();
		this.ledger.record(List.of(new Entry(tenant, this.clock.instant(),
				"review." + review.decision().name().toLowerCase(Locale.ROOT), "send:" + send, actor, facts)));
	}

}
