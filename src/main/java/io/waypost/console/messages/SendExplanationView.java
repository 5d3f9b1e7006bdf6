package io.waypost.console.messages;

import java.util.List;

import io.waypost.console.FeatureRow;
import io.waypost.console.LabelledValue;
import io.waypost.console.StatusView;
import io.waypost.console.TimelineEntry;
import io.waypost.console.journeys.ProcessDiagram;
import org.jspecify.annotations.Nullable;

/**
 * Everything that explains one message.
 *
 * @param id send id
 * @param subject subject, or what it would have been about
 * @param status where it stands
 * @param reason why, in words
 * @param hasWords whether there is something to preview
 * @param taskHref where it can be decided, null when nothing waits
 * @param story the explanation, sentence by sentence
 * @param glance the facts one asks for first
 * @param pictures the way through the processes
 * @param sections evidence by agent
 * @param scores what the evaluator said
 * @param scoreReasons why it said so
 * @param features what was known
 * @param timeline attempts and events
 * @param ledger entries about it
 * @param ledgerValid whether each of them is the one that was chained
 */
public record SendExplanationView(String id, String subject, StatusView status, @Nullable String reason,
		boolean hasWords, @Nullable String taskHref, List<String> story, List<LabelledValue> glance,
		List<ProcessDiagram> pictures, List<EvidenceSection> sections, List<ScoreBar> scores,
		List<ScoreReason> scoreReasons, List<FeatureRow> features, List<TimelineEntry> timeline,
		List<TimelineEntry> ledger, boolean ledgerValid) {

	/** Evidence of one agent. */
	record EvidenceSection(String title, @Nullable String note, List<LabelledValue> facts, String empty) {

	}

	/** A score from 0 to 1. */
	public record ScoreBar(String name, double value, String text, boolean low) {

	}

	/** A remark. */
	public record ScoreReason(String name, String text) {

	}

}
