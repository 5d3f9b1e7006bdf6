package io.waypost.content;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A version of a template with its approval state.
 *
 * @param template the content
 * @param live whether messages use it
 * @param createdBy author, as recorded in the ledger
 * @param createdAt time at which it was added
 * @param approvedBy user who approved it last, null when it was never approved
 * @param approvedAt time of the last approval, null when it was never approved
 */
public record TemplateVersion(Template template, boolean live, String createdBy, Instant createdAt,
		@Nullable String approvedBy, @Nullable Instant approvedAt) {

}
