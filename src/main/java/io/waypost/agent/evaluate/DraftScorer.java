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

	private final FluencyScorer fluency = new FluencyScorer();

	private final FormScorer form = new FormScorer();

	private final ToneScorer tone = new ToneScorer();

	private final SubjectScorer subject = new SubjectScorer();

	private final TopicScorer topic = new TopicScorer();

	private final GoalScorer goal = new GoalScorer();

	/**
	 * Scores a draft.
	 * @param draft the draft
	 * @param aim the planned content
	 * @return quality and relevance with their reasons
	 */
	public DraftScores score(EmailDraft draft, ScoringContext aim) {
		List<DraftScores.ScorePart> parts = new ArrayList<>(this.quality.parts(draft, aim));
		parts.addAll(this.relevance.parts(draft, aim));
		CopyText copy = CopyText.of(draft, aim);
		CopyTopic meaning = CopyTopic.of(copy);
		parts.addAll(this.fluency.parts(copy));
		parts.addAll(this.form.parts(copy, meaning));
		parts.addAll(this.tone.parts(copy));
		parts.addAll(this.subject.parts(copy));
		parts.addAll(this.topic.parts(copy, meaning));
		parts.addAll(this.goal.parts(copy, aim));
		return DraftScores.of(parts);
	}

}
