package io.waypost.delivery;

import java.time.Instant;
import java.util.Map;

import io.waypost.content.EmailDraft;
import io.waypost.kernel.SendId;
import org.jspecify.annotations.Nullable;

/**
 * What an agent chain wants to save about a send. Null leaves a column as it is.
 *
 * @param id which send
 * @param status its next status
 * @param reason short code, for example {@code no_consent}
 * @param deferredUntil only with status DEFERRED
 * @param variant which variant of the words
 * @param draft the words
 * @param explanation sections to merge into the send's explanation, by the names of the
 * API: {@code plan}, {@code features}, {@code permission}, {@code throttling},
 * {@code variant}, {@code scores}, {@code findings}, {@code review}, {@code versions}
 */
public record SendUpdate(SendId id, SendStatus status, @Nullable String reason, @Nullable Instant deferredUntil,
		@Nullable String variant, @Nullable EmailDraft draft, Map<String, Object> explanation) {

}
