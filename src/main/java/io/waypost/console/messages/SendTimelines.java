package io.waypost.console.messages;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.console.Labels;
import io.waypost.console.TimelineEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Makes the timelines of a message: delivery attempts and events, and audit log entries.
 */
@Component
class SendTimelines {

	private final Labels labels;

	SendTimelines(Labels labels) {
		this.labels = labels;
	}

	List<TimelineEntry> delivery(JsonNode explanation) {
		List<TimelineEntry> entries = new ArrayList<>();
		for (JsonNode attempt : explanation.path("attempts")) {
			Instant at = instant(attempt.path("startedAt"));
			if (at != null) {
				entries.add(new TimelineEntry(at,
						this.labels.text("timeline.attempt", attempt.path("number").asInt(),
								attempt.path("esp").asText(),
								attempt.path("outcome").asText(this.labels.text("timeline.attempt.open"))),
						reason(attempt)));
			}
		}
		for (JsonNode event : explanation.path("events")) {
			Instant at = instant(event.path("at"));
			if (at != null) {
				String by = event.path("machine").asBoolean() ? " " + this.labels.text("timeline.machine") : "";
				entries.add(new TimelineEntry(at, Labels.humanise(event.path("type").asText()) + by, reason(event)));
			}
		}
		entries.sort(Comparator.comparing(TimelineEntry::at));
		return entries;
	}

	List<TimelineEntry> ledger(JsonNode explanation) {
		List<TimelineEntry> entries = new ArrayList<>();
		for (JsonNode entry : explanation.path("ledger")) {
			Instant at = instant(entry.path("at"));
			if (at != null) {
				entries.add(new TimelineEntry(at, this.labels.ledgerEntry(entry.path("kind").asText()),
						this.labels.text("timeline.actor", Labels.actorName(entry.path("actor").asText("system")))));
			}
		}
		return entries;
	}

	private String reason(JsonNode node) {
		String reason = this.labels.reason(node.path("reason").asText(""));
		return (reason != null) ? reason : "";
	}

	/** Times are ISO 8601 texts, or seconds when the mapper writes numbers. */
	private static @Nullable Instant instant(JsonNode value) {
		if (value.isNumber()) {
			return Instant.ofEpochMilli((long) (value.asDouble() * 1_000));
		}
		return value.isTextual() ? Instant.parse(value.asText()) : null;
	}

}
