package io.waypost.agent;

import java.time.Duration;

/**
 * How long a review may take, by {@code dmn/review-required.dmn}.
 *
 * @param dueIn after this long the review is escalated
 * @param expiresIn after this long nobody is waited for any more
 */
public record ReviewTerms(Duration dueIn, Duration expiresIn) {

}
