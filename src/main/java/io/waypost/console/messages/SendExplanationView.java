package io.waypost.console.messages;

import java.util.List;

import io.waypost.console.FeatureRow;
import io.waypost.console.LabelledValue;
import io.waypost.console.StatusView;
import io.waypost.console.TimelineEntry;
import io.waypost.console.journeys.ProcessDiagram;
import org.jspecify.annotations.Nullable;

/**
 * Explanation of one message.
 *
 * @param id send id
 * @param subject subject line, or the template's name before content is generated
 * @param status its status
 * @param reason why, null when the status has no reason
 * @param hasContent whether a preview exists
 * @param taskHref address of the open review, null without one
 * @param sentences the explanation in sentences
 * @param summary most important attributes
 * @param diagrams path through the processes
 * @param sections evidence by agent
 * @param scores the evaluator's scores
 * @param scoreReasons reasons of the scores
 * @param features features that the agents used
 * @param timeline delivery attempts and events
 * @param ledger audit log entries
 * @param ledgerValid whether the hash chain of these entries is intact
 */
public record SendExplanationView(String id, String subject, StatusView status, @Nullable String reason,
		boolean hasContent, @Nullable String taskHref, List<String> sentences, List<LabelledValue> summary,
		List<ProcessDiagram> diagrams, List<EvidenceSection> sections, List<ScoreBar> scores,
		List<ScoreReason> scoreReasons, List<FeatureRow> features, List<TimelineEntry> timeline,
		List<TimelineEntry> ledger, boolean ledgerValid) {

	/** Evidence of one agent. */
	public record EvidenceSection(String title, @Nullable String note, List<LabelledValue> facts, String empty) {

	}

	/** A score from 0 to 1. */
	public record ScoreBar(String name, double value, String text, boolean low) {

	}

	/** A reason of a score. */
	public record ScoreReason(String name, String text) {

	}

}
