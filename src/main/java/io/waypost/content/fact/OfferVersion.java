package io.waypost.content.fact;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A version of an offer with its approval.
 *
 * @param offer the offer
 * @param live whether messages may announce it
 * @param createdBy the user who added it
 * @param createdAt time at which it was added
 * @param approvedBy the user who approved it last, null before an approval
 * @param approvedAt time of the approval, null before an approval
 */
public record OfferVersion(Offer offer, boolean live, String createdBy, Instant createdAt, @Nullable String approvedBy,
		@Nullable Instant approvedAt) {

}
