package io.waypost.agent.evaluate;

import java.util.ArrayList;
import java.util.List;

import io.waypost.content.EmailDraft;

/**
 * Scores drafts without a model. The weights are documented in {@code docs/agents.md}.
 * Scores do not depend on the recipient.
 */
public final class DraftScorer {

	private final QualityScorer quality = new QualityScorer();

	private final RelevanceScorer relevance = new RelevanceScorer();

	/**
	 * Scores a draft.
	 * @param draft the draft
	 * @param aim the planned content
	 * @return quality and relevance with their reasons
	 */
	public DraftScores score(EmailDraft draft, ScoringContext aim) {
		List<DraftScores.ScorePart> parts = new ArrayList<>(this.quality.parts(draft, aim));
		parts.addAll(this.relevance.parts(draft, aim));
		return DraftScores.of(parts);
	}

}
