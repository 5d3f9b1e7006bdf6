package io.waypost.agent.preview;

import java.time.Instant;
import java.util.Map;

import io.waypost.content.EmailDraft;
import io.waypost.content.RenderedEmail;
import io.waypost.content.Template;
import io.waypost.delivery.SendStatus;
import org.jspecify.annotations.Nullable;

/**
 * The message that a template version gives for one profile now. Holds personal data: do
 * not store or log it.
 *
 * @param template the version
 * @param outcome status that a send would have: QUEUED, FLAGGED, DEFERRED or WITHHELD
 * @param reason short code; null in the normal case
 * @param until start of the next send window, only when deferred
 * @param sendable whether the guardrail allows the content to be sent at all
 * @param draft the draft with placeholders, null when there is no content
 * @param email the rendered e-mail, null when there is no content
 * @param inbox what a mailbox shows of the e-mail, null when there is no content
 * @param explanation permission, throttling, plan, features, variant, versions, scores
 * and findings, as for a send
 */
public record PreviewResult(Template template, SendStatus outcome, @Nullable String reason, @Nullable Instant until,
		boolean sendable, @Nullable EmailDraft draft, @Nullable RenderedEmail email,
		RenderedEmail.@Nullable InboxSummary inbox, Map<String, Object> explanation) {

	@Override
	public String toString() {
		return "PreviewResult[" + this.template.key() + ", " + this.outcome + "]";
	}

}
