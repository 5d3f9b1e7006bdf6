/**
 * The form {@code forms/review-content.form}: what it shows and what it may say, whether
 * one message is reviewed or the words that many messages of a campaign share.
 */
@NullMarked
package io.waypost.journey.review;

import org.jspecify.annotations.NullMarked;
