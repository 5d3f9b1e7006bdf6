package io.waypost.console.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.console.Labels;
import io.waypost.console.StatusView;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendStatus;

import org.springframework.stereotype.Component;

/** Tells in plain sentences why a message is what it is, in the order things happened. */
@Component
class ExplanationText {

	private final AppliedRulesText rules;

	private final Labels words;

	ExplanationText(AppliedRulesText rules, Labels words) {
		this.rules = rules;
		this.words = words;
	}

	List<String> sentences(Send send, JsonNode explanation) {
		List<String> sentences = new ArrayList<>();
		sentences.add(trigger(send, explanation.path("trigger")));
		permission(explanation, sentences);
		throttling(explanation, sentences);
		plan(explanation.path("plan"), sentences);
		variant(explanation, sentences);
		scores(explanation.path("scores"), sentences);
		findings(explanation, sentences);
		review(explanation.path("review"), sentences);
		sentences.add(outcome(send, explanation.path("dispatch")));
		return List.copyOf(sentences);
	}

	private String trigger(Send send, JsonNode trigger) {
		if (trigger.path("source").asText().equals("api")) {
			return "%s asked for this message through the API, with the template “%s”."
				.formatted(trigger.path("caller").asText("A program"), send.template());
		}
		if (trigger.path("source").asText().equals("test")) {
			return "%s sent this as a test of version %d of the template “%s”. It counts for no cap and no experiment."
				.formatted(trigger.path("caller").asText("Somebody"), trigger.path("version").asInt(), send.template());
		}
		if (trigger.path("source").asText().equals("campaign")) {
			return "It belongs to a campaign for the segment “%s”, with the template “%s”."
				.formatted(trigger.path("segment").asText(), send.template());
		}
		String event = trigger.path("event").isTextual() ? trigger.path("event").asText()
				: trigger.path("name").asText("something");
		String table = trigger.path("table").asText("trigger-rules");
		String ruling = this.rules.describe(table, trigger);
		return ruling.isEmpty() ? "The event “%s” started the journey “%s”.".formatted(event, send.journey())
				: "The event “%s” started the journey “%s” by %s.".formatted(event, send.journey(), ruling);
	}

	private void permission(JsonNode explanation, List<String> sentences) {
		JsonNode permission = explanation.path("permission");
		if (permission.isMissingNode()) {
			return;
		}
		String ruling = this.rules.describe(permission.path("table").asText("consent"),
				permission.has("rulesHit") ? permission : permission.path("proof"));
		String by = ruling.isEmpty() ? "" : " by " + ruling;
		boolean withheld = permission.toString().toUpperCase(Locale.ROOT).contains("WITHHELD");
		sentences.add(withheld ? "Permission was not given%s.".formatted(by) : "Permission was given%s.".formatted(by));
	}

	private void throttling(JsonNode explanation, List<String> sentences) {
		JsonNode throttling = explanation.path("throttling");
		String ruling = this.rules.describe("throttling", throttling.has("rulesHit") ? throttling
				: explanation.path("versions").path("tables").path("throttling"));
		if (!ruling.isEmpty()) {
			sentences.add("Timing and frequency were decided by %s.".formatted(ruling));
		}
	}

	private static void plan(JsonNode plan, List<String> sentences) {
		if (!plan.path("angle").isTextual()) {
			return;
		}
		int products = plan.path("productIds").size();
		sentences.add("For somebody who is %s, the planner chose the angle “%s” in a %s tone%s.".formatted(
				Labels.humanise(plan.path("stage").asText()).toLowerCase(Locale.ROOT),
				Labels.humanise(plan.path("angle").asText()).toLowerCase(Locale.ROOT), plan.path("tone").asText(),
				(products == 0) ? "" : ", with %d %s".formatted(products, (products == 1) ? "product" : "products")));
	}

	private static void variant(JsonNode explanation, List<String> sentences) {
		JsonNode variant = explanation.path("variant");
		if (!variant.path("name").isTextual()) {
			return;
		}
		String writer = switch (variant.path("writer").asText()) {
			case "fallback" -> "The writer fell back to its safe words";
			case "model" -> "A language model wrote the words";
			default -> "The rule-based writer wrote the words";
		};
		sentences.add("%s: variant %s, attempt %d; %s.".formatted(writer, variant.path("name").asText(),
				variant.path("attempt").asInt(1), variant.path("why").asText("no reason was kept")));
	}

	private static void scores(JsonNode scores, List<String> sentences) {
		if (scores.path("skipped").asBoolean()) {
			sentences.add("The evaluator was not available, so the words were not scored.");
		}
		else if (scores.path("quality").isNumber()) {
			sentences.add("The evaluator scored them %.2f for quality and %.2f for relevance, of 1."
				.formatted(scores.path("quality").asDouble(), scores.path("relevance").asDouble()));
		}
	}

	private void findings(JsonNode explanation, List<String> sentences) {
		JsonNode findings = explanation.path("findings");
		if (findings.isMissingNode()) {
			return;
		}
		int count = findings.path("list").size();
		String ruling = this.rules.describe("review-required",
				explanation.path("versions").path("tables").path("review-required"));
		String by = ruling.isEmpty() ? "" : "; what follows was decided by " + ruling;
		sentences.add((count == 0) ? "The guardrail found nothing to object to%s.".formatted(by)
				: "The guardrail found %d %s, the worst of them %s%s.".formatted(count,
						(count == 1) ? "thing" : "things", findings.path("worst").asText(), by));
	}

	private static void review(JsonNode review, List<String> sentences) {
		if (review.path("decision").isTextual()) {
			String reason = review.path("reason").asText("");
			sentences.add("%s decided: %s%s.".formatted(review.path("reviewer").asText("A reviewer"),
					Labels.humanise(review.path("decision").asText()).toLowerCase(Locale.ROOT),
					reason.isEmpty() ? "" : ", because “" + reason + "”"));
		}
		else if (!review.isMissingNode()) {
			sentences.add("It was put before a person.");
		}
	}

	private String outcome(Send send, JsonNode dispatch) {
		StatusView status = this.words.status(send.status());
		String reason = this.words.reason(send.reason());
		String why = (reason == null) ? "" : ": " + reason;
		String esp = dispatch.path("esp").asText("");
		boolean left = send.status() == SendStatus.ACCEPTED || send.status() == SendStatus.DELIVERED;
		return (left && !esp.isEmpty()) ? "The provider “%s” took it. %s.".formatted(esp, status.meaning())
				: "%s. %s%s.".formatted(status.name(), status.meaning(), why);
	}

}
