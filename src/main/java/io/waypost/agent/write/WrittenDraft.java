package io.waypost.agent.write;

import java.util.List;

import io.waypost.agent.evaluate.DraftScores;
import io.waypost.content.EmailDraft;

/**
 * What the writer made.
 *
 * @param variant name of this choice of words
 * @param draft the words
 * @param fragments ids of the fragments, in the order of the message
 * @param scores how good it is by the offline scores
 * @param candidates how many drafts it was chosen from
 */
public record WrittenDraft(String variant, EmailDraft draft, List<String> fragments, DraftScores scores,
		int candidates) {

	public WrittenDraft {
		fragments = List.copyOf(fragments);
	}

}
