package io.waypost.agent;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How long a review may take, by {@code dmn/review-required.dmn}.
 *
 * @param dueIn after this long the review is escalated
 * @param expiresIn after this long nobody is waited for any more
 */
public record ReviewTerms(Duration dueIn, Duration expiresIn) {

	/** For words whose explanation names no terms. */
	public static final ReviewTerms DEFAULT = new ReviewTerms(Duration.ofHours(4), Duration.ofDays(2));

	/**
	 * Reads the terms from an explanation, where the guardrail noted them.
	 * @param explanation sections by name
	 * @return the terms, empty when there are none
	 */
	public static Optional<ReviewTerms> of(Map<String, Object> explanation) {
		if (explanation.get("review") instanceof Map<?, ?> review && review.get("dueIn") instanceof String due
				&& review.get("expiresIn") instanceof String expires) {
			return Optional.of(new ReviewTerms(Duration.parse(due), Duration.parse(expires)));
		}
		return Optional.empty();
	}

}
