package io.waypost.agent.score;

import java.util.ArrayList;
import java.util.List;

import io.waypost.content.Draft;

/**
 * Scores drafts without any model. The weights are those of {@code docs/agents.md};
 * nothing here knows who the recipient is.
 */
public final class Scorer {

	private final Quality quality = new Quality();

	private final Relevance relevance = new Relevance();

	/**
	 * Scores a draft.
	 * @param draft the words
	 * @param aim what they were meant to do
	 * @return quality and relevance with their reasons
	 */
	public Scores score(Draft draft, Aim aim) {
		List<Scores.Part> parts = new ArrayList<>(this.quality.parts(draft, aim));
		parts.addAll(this.relevance.parts(draft, aim));
		return Scores.of(parts);
	}

}
