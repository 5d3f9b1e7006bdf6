package io.waypost.ingestion.deadletter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.waypost.identity.Vault;

/**
 * Recognises data of a person in a payload that could not be parsed: a user id in a field
 * for ids, or the e-mail address anywhere. An invalid payload has no reliable structure,
 * so it is searched as text.
 */
final class PersonalDataMatcher {

	private final List<Pattern> patterns = new ArrayList<>();

	PersonalDataMatcher(Vault.DecryptedProfile person) {
		if (!person.userIds().isEmpty()) {
			String ids = person.userIds().stream().map(Pattern::quote).collect(Collectors.joining("|"));
			this.patterns.add(
					Pattern.compile("\"(?:userId|previousId|user_id|id)\"\\s*:\\s*\"?(?:%s)\\s*[\",}]".formatted(ids)));
		}
		String email = person.traits().get("email");
		if (email != null) {
			this.patterns.add(Pattern.compile("(?<![\\w.+-])" + Pattern.quote(email), Pattern.CASE_INSENSITIVE));
		}
	}

	boolean isIn(String payload) {
		return this.patterns.stream().anyMatch((pattern) -> pattern.matcher(payload).find());
	}

}
