package io.waypost.console.messages;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.console.FeatureFormat;
import io.waypost.console.LabelledValue;
import io.waypost.console.LabelledValues;
import io.waypost.console.Labels;
import io.waypost.console.ProfileLookup;
import io.waypost.console.journeys.ProcessDiagrams;
import io.waypost.content.EmailDraft;
import io.waypost.delivery.ExplainedSend;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendLog;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SentContent;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Puts together everything that explains one message. */
@Component
public class SendExplanationAssembler {

	/** Shown in parts of their own, or nothing to see. */
	private static final Set<String> APART = Set.of("features", "scores", "attempts", "events", "ledger", "journey");

	private final SendListAssembler sends;

	private final ProfileLookup people;

	private final ExplanationText story;

	private final ProcessDiagrams pictures;

	private final SendTimelines timelines;

	private final Labels words;

	private final SendLog log;

	private final ObjectMapper json;

	SendExplanationAssembler(SendListAssembler sends, ProfileLookup people, ExplanationText story,
			ProcessDiagrams pictures, SendTimelines timelines, Labels words, SendLog log, ObjectMapper json) {
		this.sends = sends;
		this.people = people;
		this.story = story;
		this.pictures = pictures;
		this.timelines = timelines;
		this.words = words;
		this.log = log;
		this.json = json;
	}

	SendExplanationView view(TenantId tenant, ExplainedSend explained) {
		Send send = explained.send();
		JsonNode tree = this.json.valueToTree(explained.explanation());
		EmailDraft draft = this.sends.drafts(tenant, List.of(send)).get(send.id());
		return new SendExplanationView(send.id().toString(), SendListAssembler.subject(send, draft),
				this.words.status(send.status()), this.words.reason(send.reason()), draft != null,
				(send.status() == SendStatus.FLAGGED) ? "/camunda/app/tasklist/" : null,
				this.story.sentences(send, tree), glance(tenant, send), this.pictures.path(tenant, send.run()),
				sections(explained.explanation()), scores(tree.path("scores")), scoreReasons(tree.path("scores")),
				FeatureFormat.fromExplanation(explained.explanation().get("features"), send.createdAt()),
				this.timelines.delivery(tree), this.timelines.ledger(tree), this.log.verify(tenant, send.id()));
	}

	MessagePreviewView mail(String id, SentContent content) {
		List<LabelledValue> facts = new ArrayList<>();
		facts.add(LabelledValue.text("From", content.from()));
		facts.add(LabelledValue.text("To", content.to()));
		content.headers().forEach((name, value) -> facts.add(LabelledValue.text(name, value)));
		String note = switch (content.asSent()) {
			case null -> "As it would be sent. Nothing has gone out yet.";
			case Boolean same when same -> "Exactly as it was handed to the provider; its hash proves it.";
			default -> "The words have changed since it was sent.";
		};
		return new MessagePreviewView(id, content.subject(), note, facts, content.text());
	}

	private List<LabelledValue> glance(TenantId tenant, Send send) {
		List<LabelledValue> facts = new ArrayList<>();
		String userId = this.people.userIds(tenant, Set.of(send.profile())).get(send.profile());
		facts.add(LabelledValue.text("To", Objects.requireNonNullElse(userId, "somebody anonymous")));
		facts.add(LabelledValue.text("Journey", send.journey() + ", step " + send.step()));
		facts.add(LabelledValue.text("Template", send.template()));
		facts.add(LabelledValue.text("Topic", send.topic()));
		facts.add(LabelledValue.time("Planned", send.createdAt()));
		time(facts, "Next window", send.deferredUntil());
		time(facts, "Accepted", send.acceptedAt());
		facts.add(LabelledValue.id("Id", send.id().toString()));
		return facts;
	}

	private static void time(List<LabelledValue> facts, String name, @Nullable Instant at) {
		if (at != null) {
			facts.add(LabelledValue.time(name, at));
		}
	}

	private List<SendExplanationView.EvidenceSection> sections(Map<String, Object> explanation) {
		List<SendExplanationView.EvidenceSection> sections = new ArrayList<>();
		explanation.forEach((name, section) -> {
			List<LabelledValue> facts = LabelledValues.of(section);
			if (!APART.contains(name) && !facts.isEmpty()) {
				sections.add(new SendExplanationView.EvidenceSection(this.words.sectionTitle(name), null, facts, ""));
			}
		});
		return sections;
	}

	public static List<SendExplanationView.ScoreBar> scores(JsonNode scores) {
		List<SendExplanationView.ScoreBar> bars = new ArrayList<>();
		bar(bars, "Quality", scores.path("quality"), 0.7);
		bar(bars, "Relevance", scores.path("relevance"), 0.6);
		return bars;
	}

	private static void bar(List<SendExplanationView.ScoreBar> bars, String name, JsonNode value, double usual) {
		if (value.isNumber()) {
			bars.add(new SendExplanationView.ScoreBar(name, value.asDouble(), "%.2f".formatted(value.asDouble()),
					value.asDouble() < usual));
		}
	}

	public static List<SendExplanationView.ScoreReason> scoreReasons(JsonNode scores) {
		return scores.path("parts")
			.valueStream()
			.filter((part) -> !part.path("why").asText("").isEmpty())
			.map((part) -> new SendExplanationView.ScoreReason(
					"%s, %s %.2f".formatted(Labels.humanise(part.path("score").asText()),
							Labels.humanise(part.path("name").asText()).toLowerCase(Locale.ROOT),
							part.path("value").asDouble()),
					part.path("why").asText()))
			.toList();
	}

}
