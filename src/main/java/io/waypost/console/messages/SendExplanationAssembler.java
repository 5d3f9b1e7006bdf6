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
import io.waypost.access.Caller;
import io.waypost.console.FeatureFormat;
import io.waypost.console.LabelledValue;
import io.waypost.console.LabelledValues;
import io.waypost.console.Labels;
import io.waypost.console.ProfileLookup;
import io.waypost.console.journeys.ProcessDiagrams;
import io.waypost.content.EmailDraft;
import io.waypost.content.RenderedEmail;
import io.waypost.delivery.ExplainedSend;
import io.waypost.delivery.Send;
import io.waypost.delivery.SendLog;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SentContent;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Assembles the explanation of one message. */
@Component
public class SendExplanationAssembler {

	/** Sections that the page shows separately or not at all. */
	private static final Set<String> SEPARATE = Set.of("features", "scores", "attempts", "events", "ledger", "journey");

	private final SendListAssembler sends;

	private final ProfileLookup people;

	private final ExplanationText text;

	private final ProcessDiagrams diagrams;

	private final SendTimelines timelines;

	private final FeatureFormat featureFormat;

	private final LabelledValues labelledValues;

	private final Labels labels;

	private final SendLog log;

	private final ObjectMapper json;

	SendExplanationAssembler(SendListAssembler sends, ProfileLookup people, ExplanationText text,
			ProcessDiagrams diagrams, SendTimelines timelines, FeatureFormat featureFormat,
			LabelledValues labelledValues, Labels labels, SendLog log, ObjectMapper json) {
		this.sends = sends;
		this.people = people;
		this.text = text;
		this.diagrams = diagrams;
		this.timelines = timelines;
		this.featureFormat = featureFormat;
		this.labelledValues = labelledValues;
		this.labels = labels;
		this.log = log;
		this.json = json;
	}

	SendExplanationView view(Caller caller, ExplainedSend found) {
		TenantId tenant = caller.tenant();
		Send send = found.send();
		ExplainedSend explained = found.shownTo(caller, this.people.open(tenant, send.profile()).orElse(null));
		JsonNode tree = this.json.valueToTree(explained.explanation());
		EmailDraft draft = this.sends.drafts(tenant, List.of(send)).get(send.id());
		return new SendExplanationView(send.id().toString(), this.sends.subject(send, draft),
				this.labels.status(send.status()), this.labels.reason(send.reason()), draft != null,
				(send.status() == SendStatus.FLAGGED) ? "/camunda/app/tasklist/" : null,
				this.text.sentences(tenant, send, tree), summary(tenant, send), this.diagrams.path(tenant, send.run()),
				sections(explained.explanation()), scores(tree.path("scores")), scoreReasons(tree.path("scores")),
				this.featureFormat.fromExplanation(explained.explanation().get("features"), send.createdAt()),
				this.timelines.delivery(tree), this.timelines.ledger(tree), this.log.verify(tenant, send.id()));
	}

	MessagePreviewView mail(String id, SentContent content) {
		List<LabelledValue> facts = new ArrayList<>();
		facts.add(LabelledValue.text(this.labels.text("message.from"), content.from()));
		facts.add(LabelledValue.text(this.labels.text("column.recipient"), content.to()));
		content.headers().forEach((name, value) -> facts.add(LabelledValue.text(name, value)));
		String note = switch (content.asSent()) {
			case null -> this.labels.text("message.preview.unsent");
			case Boolean same when same -> this.labels.text("message.preview.sent");
			default -> this.labels.text("message.preview.changed");
		};
		String sender = content.from().substring(0, content.from().lastIndexOf('<')).strip();
		return new MessagePreviewView(id, content.subject(), note, facts,
				RenderedEmail.InboxSummary.of(sender, content.subject(), content.html()), content.text());
	}

	private List<LabelledValue> summary(TenantId tenant, Send send) {
		List<LabelledValue> facts = new ArrayList<>();
		String userId = this.people.userIds(tenant, Set.of(send.profile())).get(send.profile());
		facts.add(LabelledValue.text(this.labels.text("column.recipient"),
				Objects.requireNonNullElse(userId, this.labels.text("anonymous"))));
		facts.add(LabelledValue.text(this.labels.text("column.journey"),
				this.labels.text("message.journeyStep", this.labels.journey(send.journey()), send.step())));
		facts.add(LabelledValue.text(this.labels.text("column.template"), send.template()));
		facts.add(LabelledValue.text(this.labels.text("column.topic"), send.topic()));
		facts.add(LabelledValue.time(this.labels.text("column.planned"), send.createdAt()));
		time(facts, this.labels.text("message.nextWindow"), send.deferredUntil());
		time(facts, this.labels.text("column.accepted"), send.acceptedAt());
		facts.add(LabelledValue.id(this.labels.text("id"), send.id().toString()));
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
			List<LabelledValue> facts = this.labelledValues.of(section);
			if (!SEPARATE.contains(name) && !facts.isEmpty()) {
				sections.add(new SendExplanationView.EvidenceSection(this.labels.sectionTitle(name), null, facts, ""));
			}
		});
		return sections;
	}

	public List<SendExplanationView.ScoreBar> scores(JsonNode scores) {
		List<SendExplanationView.ScoreBar> bars = new ArrayList<>();
		bar(bars, this.labels.text("score.quality"), scores.path("quality"), 0.7);
		bar(bars, this.labels.text("score.relevance"), scores.path("relevance"), 0.6);
		return bars;
	}

	private static void bar(List<SendExplanationView.ScoreBar> bars, String name, JsonNode value, double threshold) {
		if (value.isNumber()) {
			bars.add(new SendExplanationView.ScoreBar(name, value.asDouble(), "%.2f".formatted(value.asDouble()),
					value.asDouble() < threshold));
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
