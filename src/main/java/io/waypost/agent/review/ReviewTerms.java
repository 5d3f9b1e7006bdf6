package io.waypost.agent.review;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Time limits of a review, from the decision table {@code dmn/review-required.dmn}.
 *
 * @param dueIn time until the review is escalated
 * @param expiresIn time until the review expires
 */
public record ReviewTerms(Duration dueIn, Duration expiresIn) {

	/** For content whose explanation has no time limits. */
	public static final ReviewTerms DEFAULT = new ReviewTerms(Duration.ofHours(4), Duration.ofDays(2));

	/**
	 * Reads the time limits that the guardrail stored in an explanation.
	 * @param explanation sections by name
	 * @return the time limits, empty when there are none
	 */
	public static Optional<ReviewTerms> of(Map<String, Object> explanation) {
		if (explanation.get("review") instanceof Map<?, ?> review && review.get("dueIn") instanceof String due
				&& review.get("expiresIn") instanceof String expires) {
			return Optional.of(new ReviewTerms(Duration.parse(due), Duration.parse(expires)));
		}
		return Optional.empty();
	}

}
