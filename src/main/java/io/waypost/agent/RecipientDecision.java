package io.waypost.agent;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Whether and when one person may be sent a message, whatever its content. Each outcome
 * says what it rests on.
 */
public sealed interface RecipientDecision {

	/**
	 * The sections {@code permission}, {@code throttling} and {@code timing} of a send's
	 * explanation, as far as they were decided: table versions, rules hit and inputs.
	 * @return sections by name
	 */
	Map<String, Object> explanation();

	/**
	 * The message may be sent.
	 *
	 * @param notBefore the hour chosen for this person, null for at once
	 * @param explanation sections by name
	 */
	record Send(@Nullable Instant notBefore, Map<String, Object> explanation) implements RecipientDecision {

	}

	/**
	 * The message must not be sent.
	 *
	 * @param reason short code
	 * @param explanation sections by name
	 */
	record Withhold(String reason, Map<String, Object> explanation) implements RecipientDecision {

	}

	/**
	 * The message has to wait.
	 *
	 * @param until when the person's next send window opens
	 * @param reason short code
	 * @param explanation sections by name
	 */
	record Defer(Instant until, String reason, Map<String, Object> explanation) implements RecipientDecision {

	}

}
