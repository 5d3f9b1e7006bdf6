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

import org.springframework.stereotype.Component;

/** Turns a reviewer's decision into words and a route. */
@Component
public class ReviewDecisions {

	private final FallbackTable table;

	public ReviewDecisions(FallbackTable table) {
		this.table = table;
	}

	public Message apply(Message message, Review review, Instant now) {
		Message noted = withReview(message, review, now);
		return switch (review.decision()) {
			case APPROVED -> noted.routed(Route.CONTINUE, null);
			case CHANGED -> noted.withDraft(edited(message, review)).routed(Route.CONTINUE, null);
			case REJECTED -> noted.routed(Route.STOP, "review_rejected");
			case EXPIRED -> this.table.ask(FallbackTable.Question.reviewExpired(noted)).apply(noted);
		};
	}

	private static Message withReview(Message message, Review review, Instant now) {
		Map<String, Object> section = ExplanationSections.read(message, "review");
		section.put("decision", review.decision().name());
		section.put("reviewer", review.reviewer());
		section.put("decidedAt", now.toString());
		ExplanationSections.putIfKnown(section, "comment", review.reason());
		return message.explained("review", section);
	}

	private static EmailDraft edited(Message message, Review review) {
		EmailDraft draft = Objects.requireNonNull(message.draft(), "a flagged message has words");
		List<String> paragraphs = TemplateCopy.paragraphs(review.body());
		return new EmailDraft(draft.locale(), (review.subject() != null) ? review.subject() : draft.subject(),
				draft.preheader(), draft.headline(), paragraphs.isEmpty() ? draft.paragraphs() : paragraphs,
				draft.items(), draft.callToAction(), draft.closing());
	}

}
