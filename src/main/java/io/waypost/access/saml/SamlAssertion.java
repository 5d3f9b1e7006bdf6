package io.waypost.access.saml;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An assertion that passed all checks but the one for replays.
 *
 * @param id id of the assertion, unique for the provider
 * @param inResponseTo id of the request; null if the user started at the provider
 * @param subject the user: the NameID
 * @param format format of the NameID; empty if it has none
 * @param sessionIndex session at the provider; null if the provider names none
 * @param attributes values by name
 * @param expiresAt when the assertion stops being acceptable
 */
record SamlAssertion(String id, @Nullable String inResponseTo, String subject, String format,
		@Nullable String sessionIndex, Map<String, List<String>> attributes, Instant expiresAt) {

	List<String> values(String attribute) {
		return this.attributes.getOrDefault(attribute, List.of());
	}

}
