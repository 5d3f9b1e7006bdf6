package io.waypost.console;

import java.util.List;

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
record WhyView(String id, String subject, StatusView status, @Nullable String reason, boolean hasWords,
		@Nullable String taskHref, List<String> story, List<Fact> glance, List<Picture> pictures,
		List<Section> sections, List<Score> scores, List<Note> scoreReasons, List<FeatureRow> features,
		List<TimelineEntry> timeline, List<TimelineEntry> ledger, boolean ledgerValid) {

	/** Evidence of one agent. */
	record Section(String title, @Nullable String note, List<Fact> facts, String empty) {

	}

	/** A score from 0 to 1. */
	record Score(String name, double value, String text, boolean low) {

	}

	/** A remark. */
	record Note(String name, String text) {

	}

}
