package io.waypost.agent.preview;

import java.time.Instant;
import java.util.Map;

import io.waypost.content.EmailDraft;
import io.waypost.content.RenderedEmail;
import io.waypost.content.Template;
import io.waypost.delivery.SendStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a version of a template would become for one person now. Holds personal data: show
 * it, never store or log it.
 *
 * @param template the version
 * @param outcome where the message would stand: QUEUED, FLAGGED, DEFERRED or WITHHELD
 * @param reason why, a short code; null when nothing is unusual
 * @param until when the next window opens, only when deferred
 * @param sendable whether these words may leave the house at all, whoever they are for
 * @param draft the words with their place holders, null when there is nothing to say
 * @param email the words as this person would read them, null when there are none
 * @param explanation permission, throttling, plan, features, variant, versions, scores
 * and findings, as with a send
 */
public record PreviewResult(Template template, SendStatus outcome, @Nullable String reason, @Nullable Instant until,
		boolean sendable, @Nullable EmailDraft draft, @Nullable RenderedEmail email, Map<String, Object> explanation) {

	@Override
	public String toString() {
		return "Rehearsed[" + this.template.key() + ", " + this.outcome + "]";
	}

}
