package io.waypost.console;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one person.
 *
 * @param userId the shop's id
 * @param name first and last name, or the id
 * @param summary one line
 * @param facts attributes
 * @param consents answers with their proof
 * @param timeline what happened, newest first
 * @param next where older events begin, null on the last page
 * @param features what was learnt
 * @param messages what was planned for them, newest first
 */
record PersonView(String userId, String name, String summary, List<Fact> facts, List<ConsentRow> consents,
		List<TimelineEntry> timeline, @Nullable String next, List<FeatureRow> features, List<SendRow> messages) {

	/** An answer with its proof. */
	record ConsentRow(String topic, String answer, String tone, String proof, Instant at) {

	}

}
