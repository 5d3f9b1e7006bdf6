package io.waypost.agent.archetype;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.waypost.agent.ReviewTerms;
import io.waypost.agent.Route;
import io.waypost.content.EmailDraft;
import org.jspecify.annotations.Nullable;

/**
 * Words for one archetype in one variant, inspected. They belong to one campaign.
 *
 * @param content their id: other words, or other decisions about them, have another
 * @param archetype key of the cell they are for
 * @param variant which variant
 * @param draft the words, with place holders
 * @param explanation sections that hold for every send with these words, by the names of
 * the API
 * @param route CONTINUE to send them, REVIEW for a person to look, STOP never to
 * @param reason why, a short code; null when nothing is unusual
 */
public record ArchetypeContent(UUID content, String archetype, String variant, EmailDraft draft,
		Map<String, Object> explanation, Route route, @Nullable String reason) {

	public ArchetypeContent {
		explanation = Map.copyOf(explanation);
	}

	/**
	 * How long a review may take, on route REVIEW.
	 * @return the terms, or empty when no review is asked for
	 */
	public Optional<ReviewTerms> reviewTerms() {
		return ReviewTerms.of(this.explanation);
	}

}
