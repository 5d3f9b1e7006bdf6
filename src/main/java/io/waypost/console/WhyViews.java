package io.waypost.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.content.Draft;
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
class WhyViews {

	/** Shown in parts of their own, or nothing to see. */
	private static final Set<String> APART = Set.of("features", "scores", "attempts", "events", "ledger", "journey");

	private final SendLists sends;

	private final People people;

	private final Story story;

	private final Pictures pictures;

	private final Timelines timelines;

	private final Words words;

	private final SendLog log;

	private final ObjectMapper json;

	WhyViews(SendLists sends, People people, Story story, Pictures pictures, Timelines timelines, Words words,
			SendLog log, ObjectMapper json) {
		this.sends = sends;
		this.people = people;
		this.story = story;
		this.pictures = pictures;
		this.timelines = timelines;
		this.words = words;
		this.log = log;
		this.json = json;
	}

	WhyView view(TenantId tenant, ExplainedSend explained) {
		Send send = explained.send();
		JsonNode tree = this.json.valueToTree(explained.explanation());
		Draft draft = this.sends.drafts(tenant, List.of(send)).get(send.id());
		return new WhyView(send.id().toString(), SendLists.subject(send, draft), this.words.status(send.status()),
				this.words.reason(send.reason()), draft != null,
				(send.status() == SendStatus.FLAGGED) ? "/camunda/app/tasklist/" : null, this.story.tell(send, tree),
				glance(tenant, send), this.pictures.way(tenant, send.run()), sections(explained.explanation()),
				scores(tree.path("scores")), scoreReasons(tree.path("scores")),
				FeatureWords.explained(explained.explanation().get("features"), send.createdAt()),
				this.timelines.delivery(tree), this.timelines.ledger(tree), this.log.verify(tenant, send.id()));
	}

	MailView mail(String id, SentContent content) {
		List<Fact> facts = new ArrayList<>();
		facts.add(Fact.text("From", content.from()));
		facts.add(Fact.text("To", content.to()));
		content.headers().forEach((name, value) -> facts.add(Fact.text(name, value)));
		String note = switch (content.asSent()) {
			case null -> "As it would be sent. Nothing has gone out yet.";
			case Boolean same when same -> "Exactly as it was handed to the provider; its hash proves it.";
			default -> "The words have changed since it was sent.";
		};
		return new MailView(id, content.subject(), note, facts, content.text());
	}

	private List<Fact> glance(TenantId tenant, Send send) {
		List<Fact> facts = new ArrayList<>();
		String userId = this.people.userIds(tenant, Set.of(send.profile())).get(send.profile());
		facts.add(Fact.text("To", Objects.requireNonNullElse(userId, "somebody anonymous")));
		facts.add(Fact.text("Journey", send.journey() + ", step " + send.step()));
		facts.add(Fact.text("Template", send.template()));
		facts.add(Fact.text("Topic", send.topic()));
		facts.add(Fact.time("Planned", send.createdAt()));
		time(facts, "Next window", send.deferredUntil());
		time(facts, "Accepted", send.acceptedAt());
		facts.add(Fact.id("Id", send.id().toString()));
		return facts;
	}

	private static void time(List<Fact> facts, String name, @Nullable Instant at) {
		if (at != null) {
			facts.add(Fact.time(name, at));
		}
	}

	private List<WhyView.Section> sections(Map<String, Object> explanation) {
		List<WhyView.Section> sections = new ArrayList<>();
		explanation.forEach((name, section) -> {
			List<Fact> facts = Evidence.of(section);
			if (!APART.contains(name) && !facts.isEmpty()) {
				sections.add(new WhyView.Section(this.words.heading(name), null, facts, ""));
			}
		});
		return sections;
	}

	static List<WhyView.Score> scores(JsonNode scores) {
		List<WhyView.Score> bars = new ArrayList<>();
		bar(bars, "Quality", scores.path("quality"), 0.7);
		bar(bars, "Relevance", scores.path("relevance"), 0.6);
		return bars;
	}

	private static void bar(List<WhyView.Score> bars, String name, JsonNode value, double usual) {
		if (value.isNumber()) {
			bars.add(new WhyView.Score(name, value.asDouble(), "%.2f".formatted(value.asDouble()),
					value.asDouble() < usual));
		}
	}

	static List<WhyView.Note> scoreReasons(JsonNode scores) {
		return scores.path("parts")
			.valueStream()
			.filter((part) -> !part.path("why").asText("").isEmpty())
			.map((part) -> new WhyView.Note("%s, %s %.2f".formatted(Words.readable(part.path("score").asText()),
					Words.readable(part.path("name").asText()).toLowerCase(Locale.ROOT), part.path("value").asDouble()),
					part.path("why").asText()))
			.toList();
	}

}
