package io.waypost.agent.writer;

import java.util.List;

import io.waypost.agent.score.Scores;
import io.waypost.content.Draft;

/**
 * What the writer made.
 *
 * @param variant name of this choice of words
 * @param draft the words
 * @param fragments ids of the fragments, in the order of the message
 * @param scores how good it is by the offline scores
 * @param candidates how many drafts it was chosen from
 */
public record Written(String variant, Draft draft, List<String> fragments, Scores scores, int candidates) {

	public Written {
		fragments = List.copyOf(fragments);
	}

}
