package io.waypost.agent.write;

import java.util.List;

import io.waypost.agent.evaluate.DraftScores;
import io.waypost.content.EmailDraft;

/**
 * A draft of the rule-based writer.
 *
 * @param variant name of the selected candidate
 * @param draft the draft
 * @param fragments id of its outline and of its fragments, in the order of the message
 * @param facts ids of the facts that the fragments use
 * @param scores its offline scores
 * @param candidates number of candidates that it was selected from
 */
public record WrittenDraft(String variant, EmailDraft draft, List<String> fragments, List<String> facts,
		DraftScores scores, int candidates) {

	/** Prefix of the id of an outline among the fragments. */
	public static final String OUTLINE = "outline:";

	/** Prefix of the id of a language model's copy among the fragments. */
	public static final String COPY = "copy:";

	public WrittenDraft {
		fragments = List.copyOf(fragments);
		facts = List.copyOf(facts);
	}

}
