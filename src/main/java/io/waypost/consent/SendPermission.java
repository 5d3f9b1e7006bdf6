package io.waypost.consent;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** Whether one profile may be sent a message now. */
public sealed interface SendPermission {

	/**
	 * Returns the decision that this permission is based on.
	 * @return table, version and rules
	 */
	DecisionReference decision();

	/**
	 * The message may be sent.
	 *
	 * @param decision the decision
	 */
	record Granted(DecisionReference decision) implements SendPermission {

	}

	/**
	 * The message must not be sent.
	 *
	 * @param reason short code such as {@code no_consent}, {@code revoked},
	 * {@code suppressed.hard_bounce}, {@code no_address}
	 * @param decision the decision
	 */
	record Withheld(String reason, DecisionReference decision) implements SendPermission {

	}

	/**
	 * Reference to a decision, stored with the send.
	 *
	 * @param table decision key
	 * @param tableVersion its deployed version
	 * @param versionTag the analyst's version
	 * @param rulesHit rule ids
	 * @param consentVersion version of the consent that was read, null when there is none
	 */
	record DecisionReference(String table, int tableVersion, @Nullable String versionTag, List<String> rulesHit,
			@Nullable Long consentVersion) {

	}

}
