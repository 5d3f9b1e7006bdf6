package io.waypost.agent.evaluate;

import java.util.ArrayList;
import java.util.List;

import io.waypost.content.EmailDraft;

/**
 * Scores drafts without any model. The weights are those of {@code docs/agents.md};
 * nothing here knows who the recipient is.
 */
public final class DraftScorer {

	private final QualityScorer quality = new QualityScorer();

	private final RelevanceScorer relevance = new RelevanceScorer();

	/**
	 * Scores a draft.
	 * @param draft the words
	 * @param aim what they were meant to do
	 * @return quality and relevance with their reasons
	 */
	public DraftScores score(EmailDraft draft, ScoringContext aim) {
		List<DraftScores.ScorePart> parts = new ArrayList<>(this.quality.parts(draft, aim));
		parts.addAll(this.relevance.parts(draft, aim));
		return DraftScores.of(parts);
	}

}
