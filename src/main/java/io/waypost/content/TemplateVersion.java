package io.waypost.content;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A version of a template with what became of it.
 *
 * @param template what it says
 * @param live whether messages use it now
 * @param createdBy who wrote it, as the ledger shows it
 * @param createdAt when
 * @param approvedBy who approved it last, null while nobody did
 * @param approvedAt when
 */
public record TemplateVersion(Template template, boolean live, String createdBy, Instant createdAt,
		@Nullable String approvedBy, @Nullable Instant approvedAt) {

}
