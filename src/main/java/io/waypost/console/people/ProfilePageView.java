package io.waypost.console.people;

import java.time.Instant;
import java.util.List;

import io.waypost.console.FeatureRow;
import io.waypost.console.LabelledValue;
import io.waypost.console.TimelineEntry;
import io.waypost.console.messages.SendListItem;
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
record ProfilePageView(String userId, String name, String summary, List<LabelledValue> facts, List<ConsentRow> consents,
		List<TimelineEntry> timeline, @Nullable String next, List<FeatureRow> features, List<SendListItem> messages) {

	/** An answer with its proof. */
	record ConsentRow(String topic, String answer, String tone, String proof, Instant at) {

	}

}
