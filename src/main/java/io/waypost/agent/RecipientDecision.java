package io.waypost.agent;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Whether and when a recipient may receive a message, whatever its content. Each outcome
 * has its explanation.
 */
public sealed interface RecipientDecision {

	/**
	 * Returns the sections {@code permission}, {@code throttling} and {@code timing} of
	 * the send's explanation, as far as they were decided: table versions, matched rules
	 * and inputs.
	 * @return sections by name
	 */
	Map<String, Object> explanation();

	/**
	 * The message may be sent.
	 *
	 * @param notBefore earliest send time, null to send now
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
	 * @param until start of the recipient's next send window
	 * @param reason short code
	 * @param explanation sections by name
	 */
	record Defer(Instant until, String reason, Map<String, Object> explanation) implements RecipientDecision {

	}

}
