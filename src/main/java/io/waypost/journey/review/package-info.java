/**
 * Forms of user tasks, above all {@code forms/review-content.form}, which reviews one
 * message or the content that many messages of a campaign share.
 */
@NullMarked
package io.waypost.journey.review;

import org.jspecify.annotations.NullMarked;
