package io.waypost.delivery;

import java.time.Instant;
import java.util.Map;

import io.waypost.content.EmailDraft;
import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/**
 * Change of a send by an agent chain. Null leaves a column unchanged.
 *
 * @param id id of the send
 * @param status next status
 * @param reason short code, for example {@code no_consent}
 * @param deferredUntil only with status DEFERRED
 * @param variant variant of the content
 * @param draft the draft
 * @param explanation sections to merge into the send's explanation, with the names of the
 * API: {@code plan}, {@code features}, {@code permission}, {@code throttling}, {@code
 * variant}, {@code scores}, {@code findings}, {@code review}, {@code versions}
 */
public record SendUpdate(SendId id, SendStatus status, @Nullable String reason, @Nullable Instant deferredUntil,
		@Nullable String variant, @Nullable EmailDraft draft, Map<String, Object> explanation) {

}
