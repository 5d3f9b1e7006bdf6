package io.waypost.journey.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.SecondPerson;
import io.waypost.agent.review.Review;
import io.waypost.content.EmailDraft;
import io.waypost.delivery.ContentClearance;
import io.waypost.journey.engine.identity.EngineCaller;
import io.waypost.journey.engine.web.FormRefusedException;
import io.waypost.kernel.TenantId;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.spin.plugin.variable.SpinValues;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * The form of a review. The content has placeholders instead of names, is kept in a
 * task-local variable and never reaches history. The submitted form is read field by
 * field and validated on the server, because forms are validated in the browser only.
 */
@Component
public class ReviewForm {

	/** Task-local and not kept in history. */
	private static final String VARIABLE = "review";

	private static final int MAX_SUBJECT = 200;

	private static final int MAX_BODY = 20_000;

	private static final int MAX_REASON = 1_000;

	private final EngineCaller signedIn;

	private final SecondPerson persons;

	private final ObjectMapper mapper;

	private final MessageSource messages;

	ReviewForm(EngineCaller signedIn, SecondPerson persons, ObjectMapper mapper, MessageSource messages) {
		this.signedIn = signedIn;
		this.persons = persons;
		this.mapper = mapper;
		this.messages = messages;
	}

	/**
	 * Fills the form.
	 * @param task the task
	 * @param title what the content is for
	 * @param draft the content
	 * @param explanation sections by name, those of the API
	 */
	public void fill(DelegateTask task, String title, EmailDraft draft, Map<String, Object> explanation) {
		ObjectNode form = this.mapper.createObjectNode();
		form.put("title", title);
		form.put("why", label("reason", why(explanation)));
		form.put("previewUrl", "/review/" + task.getId() + "/preview");
		form.put("subject", draft.subject());
		form.put("body", String.join("\n\n", draft.paragraphs()));
		form.set("findings", findings(explanation));
		form.set("scores", scores(explanation));
		task.setVariableLocal(VARIABLE, SpinValues.jsonValue(form.toString()).create());
	}

	/**
	 * Reads the decision. The reviewer who changed the content is its author: they can
	 * change or reject it once more, but another person approves it.
	 * @param task the task
	 * @param tenant tenant of the content
	 * @param explanation sections that are stored with the content
	 * @return the decision
	 * @throws FormRefusedException naming the field that cannot be accepted
	 */
	public Review read(DelegateTask task, TenantId tenant, Map<String, Object> explanation) {
		if (!this.signedIn.isReviewer()) {
			throw invalid("decision", "must come from a user with the role reviewer");
		}
		JsonNode form = form(task);
		Review.ReviewDecision decision = decision(form.path("decision").asText(""));
		String reason = text(form, "reason", MAX_REASON).orElse(null);
		if (decision != Review.ReviewDecision.APPROVED && (reason == null || reason.length() < 3)) {
			throw invalid("reason", "must have 3 to %d characters".formatted(MAX_REASON));
		}
		String subject = null;
		String body = null;
		if (decision == Review.ReviewDecision.CHANGED) {
			subject = text(form, "subject", MAX_SUBJECT)
				.orElseThrow(() -> invalid("subject", "is missing; enter a subject line"));
			body = text(form, "body", MAX_BODY).orElseThrow(() -> invalid("body", "is missing; enter the content"));
		}
		Review review = new Review(decision, Caller.actor(reviewer(task)), reason, oneLine(subject), body);
		if (decision == Review.ReviewDecision.APPROVED) {
			ContentClearance.changedBy(explanation).ifPresent((author) -> requireOther(tenant, review, author));
		}
		return review;
	}

	private void requireOther(TenantId tenant, Review review, String author) {
		try {
			this.persons.require(tenant, review.reviewer(), author,
					"Content that '%s' changed in a review".formatted(author));
		}
		catch (InvalidRequestException ex) {
			throw FormRefusedException.conflict(String.valueOf(ex.getBody().getDetail()));
		}
	}

	/**
	 * Makes the refusal of a decision that another one preceded.
	 * @param task the task
	 * @return the exception to throw
	 */
	public static FormRefusedException decided(DelegateTask task) {
		return FormRefusedException.conflict(
				"Task '%s' was decided by another request at the same time; this decision was not stored. Open the message or campaign to see the decision"
					.formatted(task.getId()));
	}

	private JsonNode form(DelegateTask task) {
		Object form = task.getVariableLocal(VARIABLE);
		if (form == null) {
			throw decided(task);
		}
		try {
			return this.mapper.readTree(String.valueOf(form));
		}
		catch (JsonProcessingException ex) {
			throw invalid("", "must be a JSON object");
		}
	}

	private static Review.ReviewDecision decision(String name) {
		return switch (name.toLowerCase(Locale.ROOT)) {
			case "approved" -> Review.ReviewDecision.APPROVED;
			case "changed" -> Review.ReviewDecision.CHANGED;
			case "rejected" -> Review.ReviewDecision.REJECTED;
			default -> throw invalid("decision", "must be approved, changed or rejected");
		};
	}

	private static Optional<String> text(JsonNode form, String field, int maxLength) {
		String text = form.path(field).asText("").strip();
		if (text.length() > maxLength) {
			throw invalid(field, "is longer than %d characters".formatted(maxLength));
		}
		return text.isEmpty() ? Optional.empty() : Optional.of(text);
	}

	private static @Nullable String oneLine(@Nullable String subject) {
		return (subject != null) ? subject.replaceAll("\\R", " ") : null;
	}

	/** The signed-in user who completes the task, else its assignee. */
	private String reviewer(DelegateTask task) {
		return this.signedIn.name().orElseGet(() -> Objects.requireNonNullElse(task.getAssignee(), "unknown"));
	}

	private static FormRefusedException invalid(String field, String detail) {
		return FormRefusedException.ofField("review", field, detail);
	}

	private String why(Map<String, Object> explanation) {
		JsonNode review = this.mapper.valueToTree(explanation.get("review"));
		return review.path("reason").asText("review_required");
	}

	private ArrayNode findings(Map<String, Object> explanation) {
		ArrayNode rows = this.mapper.createArrayNode();
		for (JsonNode finding : rows(explanation, "findings", "list")) {
			rows.addObject()
				.put("severity", label("severity", finding.path("severity").asText("").toLowerCase(Locale.ROOT)))
				.put("kind", label("finding", finding.path("kind").asText("")))
				.put("text", finding.path("detail").asText(finding.path("code").asText("")));
		}
		return rows;
	}

	private ArrayNode scores(Map<String, Object> explanation) {
		ArrayNode rows = this.mapper.createArrayNode();
		JsonNode scores = this.mapper.valueToTree(explanation.get("scores"));
		for (String name : List.of("quality", "relevance")) {
			if (scores.path(name).isNumber()) {
				rows.addObject()
					.put("name", label("score", name))
					.put("value", scores.path(name).asDouble())
					.put("why", why(scores, name));
			}
		}
		return rows;
	}

	private static String why(JsonNode scores, String name) {
		List<String> reasons = new ArrayList<>();
		for (JsonNode part : scores.path("parts")) {
			if (name.equals(part.path("score").asText()) && part.path("value").asDouble(1) < 1) {
				reasons.add(part.path("why").asText(""));
			}
		}
		return String.join("; ", reasons);
	}

	/** Returns the label that the console uses for a code. */
	private String label(String family, String code) {
		return Objects.requireNonNullElse(
				this.messages.getMessage(family + "." + code, null, code.replace('_', ' '), Locale.ENGLISH), code);
	}

	/** A section is a list, or an object that has one. */
	private JsonNode rows(Map<String, Object> explanation, String section, String field) {
		JsonNode found = this.mapper.valueToTree(explanation.get(section));
		return found.isArray() ? found : found.path(field);
	}

}
