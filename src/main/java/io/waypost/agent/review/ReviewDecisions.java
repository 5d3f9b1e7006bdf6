package io.waypost.agent.review;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.waypost.agent.ExplanationSections;
import io.waypost.agent.FallbackTable;
import io.waypost.agent.Message;
import io.waypost.agent.Route;
import io.waypost.content.EmailDraft;
import io.waypost.content.TemplateCopy;
import io.waypost.delivery.ContentClearance;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Applies a reviewer's decision to a message: route, texts and explanation. */
@Component
public class ReviewDecisions {

	private final FallbackTable table;

	public ReviewDecisions(FallbackTable table) {
		this.table = table;
	}

	public Message apply(TenantId tenant, Message message, Review review, Instant now) {
		Message reviewed = withReview(message, review, now);
		return switch (review.decision()) {
			case APPROVED -> reviewed.routed(Route.CONTINUE, null);
			case CHANGED -> changedBy(review.reviewer(), reviewed.withDraft(edited(message, review)));
			case REJECTED -> reviewed.routed(Route.STOP, "review_rejected");
			case EXPIRED ->
				this.table.evaluate(tenant, FallbackTable.FallbackInput.reviewExpired(reviewed)).apply(reviewed);
		};
	}

	private static Message withReview(Message message, Review review, Instant now) {
		Map<String, Object> section = ExplanationSections.read(message, "review");
		if (section.containsKey("decision")) {
			section = ExplanationSections.nextReview(message);
		}
		section.put("decision", review.decision().name());
		section.put("reviewer", review.reviewer());
		section.put("decidedAt", now.toString());
		ExplanationSections.putIfKnown(section, "comment", review.reason());
		EmailDraft reviewed = message.draft();
		if (reviewed != null) {
			section.put(ContentClearance.CONTENT, ContentClearance.digest(reviewed, message.explanation()));
		}
		return message.explained("review", section);
	}

	/** Records the reviewer as author, so that another person decides the next review. */
	private static Message changedBy(String reviewer, Message edited) {
		return ExplanationSections.with(edited, ContentClearance.WRITING, ContentClearance.CHANGED_BY, reviewer)
			.routed(Route.CONTINUE, null);
	}

	private static EmailDraft edited(Message message, Review review) {
		EmailDraft draft = Objects.requireNonNull(message.draft(), "a flagged message has a draft");
		List<String> paragraphs = TemplateCopy.paragraphs(review.body());
		EmailDraft edited = (review.subject() != null) ? draft.withSubject(review.subject()) : draft;
		return paragraphs.isEmpty() ? edited : edited.withParagraphs(paragraphs);
	}

}
