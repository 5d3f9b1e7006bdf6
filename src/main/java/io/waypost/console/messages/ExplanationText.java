package io.waypost.console.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.console.Labels;
import io.waypost.console.StatusView;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendStatus;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Explains a send in sentences, in the order of the decisions. */
@Component
class ExplanationText {

	private final AppliedRulesText rules;

	private final Labels labels;

	ExplanationText(AppliedRulesText rules, Labels labels) {
		this.rules = rules;
		this.labels = labels;
	}

	List<String> sentences(TenantId tenant, Send send, JsonNode explanation) {
		List<String> sentences = new ArrayList<>();
		sentences.add(trigger(tenant, send, explanation.path("trigger")));
		addPermission(tenant, explanation, sentences);
		addThrottling(tenant, explanation, sentences);
		addPlan(explanation.path("plan"), sentences);
		addVariant(explanation.path("variant"), sentences);
		addScores(explanation.path("scores"), sentences);
		addFindings(tenant, explanation, sentences);
		addReview(explanation.path("review"), sentences);
		sentences.add(outcome(send, explanation.path("dispatch")));
		return List.copyOf(sentences);
	}

	private String trigger(TenantId tenant, Send send, JsonNode trigger) {
		return switch (trigger.path("source").asText()) {
			case "api" -> text("trigger.api", trigger.path("caller").asText("–"), send.template());
			case "test" -> text("trigger.test", trigger.path("caller").asText("–"), trigger.path("version").asInt(),
					send.template());
			case "campaign" -> text("trigger.campaign", trigger.path("segment").asText(), send.template());
			default -> event(tenant, send, trigger);
		};
	}

	private String event(TenantId tenant, Send send, JsonNode trigger) {
		String event = trigger.path("event").isTextual() ? trigger.path("event").asText()
				: trigger.path("name").asText("–");
		String applied = this.rules.describe(tenant, trigger.path("table").asText("trigger-rules"), trigger);
		return applied.isEmpty() ? text("trigger.event", event, send.journey())
				: text("trigger.eventByRules", event, send.journey(), applied);
	}

	private void addPermission(TenantId tenant, JsonNode explanation, List<String> sentences) {
		JsonNode permission = explanation.path("permission");
		if (permission.isMissingNode()) {
			return;
		}
		String applied = this.rules.describe(tenant, permission.path("table").asText("consent"),
				permission.has("rulesHit") ? permission : permission.path("proof"));
		boolean withheld = permission.toString().toUpperCase(Locale.ROOT).contains("WITHHELD");
		String key = withheld ? "permission.withheld" : "permission.granted";
		sentences.add(applied.isEmpty() ? text(key) : text(key + "ByRules", applied));
	}

	private void addThrottling(TenantId tenant, JsonNode explanation, List<String> sentences) {
		JsonNode throttling = explanation.path("throttling");
		String applied = this.rules.describe(tenant, "throttling", throttling.has("rulesHit") ? throttling
				: explanation.path("versions").path("tables").path("throttling"));
		if (!applied.isEmpty()) {
			sentences.add(text("throttling", applied));
		}
	}

	private void addPlan(JsonNode plan, List<String> sentences) {
		if (plan.path("angle").isTextual()) {
			sentences.add(text("plan", lower(plan.path("stage")), lower(plan.path("angle")), plan.path("tone").asText(),
					plan.path("productIds").size()));
		}
	}

	private void addVariant(JsonNode variant, List<String> sentences) {
		if (variant.path("name").isTextual()) {
			String writer = variant.path("writer").asText().equals("fallback") ? "fallback" : "rules";
			sentences.add(text("variant." + writer, variant.path("name").asText(), variant.path("attempt").asInt(1),
					variant.path("why").asText("–")));
		}
	}

	private void addScores(JsonNode scores, List<String> sentences) {
		if (scores.path("skipped").asBoolean()) {
			sentences.add(text("scores.skipped"));
		}
		else if (scores.path("quality").isNumber()) {
			sentences.add(text("scores", "%.2f".formatted(scores.path("quality").asDouble()),
					"%.2f".formatted(scores.path("relevance").asDouble())));
		}
	}

	private void addFindings(TenantId tenant, JsonNode explanation, List<String> sentences) {
		JsonNode findings = explanation.path("findings");
		if (findings.isMissingNode()) {
			return;
		}
		String applied = this.rules.describe(tenant, "review-required",
				explanation.path("versions").path("tables").path("review-required"));
		int count = findings.path("list").size();
		String sentence = (count == 0) ? text("findings.none")
				: text("findings", count, lower(this.labels.severity(findings.path("worst").asText())));
		sentences.add(applied.isEmpty() ? sentence : sentence + " " + text("findings.route", applied));
	}

	private void addReview(JsonNode review, List<String> sentences) {
		review.path("earlier").forEach((earlier) -> addReview(earlier, sentences));
		if (review.path("decision").isTextual()) {
			String reason = review.path("reason").asText("");
			String reviewer = review.path("reviewer").asText("–");
			sentences.add(reason.isEmpty() ? text("review", reviewer, lower(review.path("decision")))
					: text("review.reason", reviewer, lower(review.path("decision")), reason));
		}
		else if (!review.isMissingNode()) {
			sentences.add(text("review.open"));
		}
	}

	private String outcome(Send send, JsonNode dispatch) {
		StatusView status = this.labels.status(send.status());
		String esp = dispatch.path("esp").asText("");
		boolean sent = send.status() == SendStatus.ACCEPTED || send.status() == SendStatus.DELIVERED;
		if (sent && !esp.isEmpty()) {
			return text("outcome.sent", status.name(), esp);
		}
		String reason = this.labels.reason(send.reason());
		return (reason != null) ? text("outcome.reason", status.name(), status.meaning(), reason)
				: text("outcome", status.name(), status.meaning());
	}

	private String text(String key, Object... arguments) {
		return this.labels.text("explanation." + key, arguments);
	}

	private String lower(JsonNode code) {
		return lower(this.labels.code(code.asText()));
	}

	private static String lower(String label) {
		return label.toLowerCase(Locale.ROOT);
	}

}
