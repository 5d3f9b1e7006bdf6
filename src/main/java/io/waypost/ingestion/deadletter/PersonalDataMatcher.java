package io.waypost.ingestion.deadletter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.waypost.identity.Identifier;
import io.waypost.identity.Vault;

/**
 * Recognises data of a person in a payload that could not be parsed: a user id or a
 * device of the person in a field for ids, or the e-mail address anywhere. An invalid
 * payload has no reliable structure, so it is searched as text.
 */
final class PersonalDataMatcher {

	private static final Pattern DEVICE = Pattern.compile("\"anonymous_?[iI]d\"\\s*:\\s*\"?([^\",}\\s]{1,512})");

	private final List<Pattern> patterns = new ArrayList<>();

	private final Predicate<Identifier> devices;

	/**
	 * Creates a matcher.
	 * @param person user ids and direct identifiers
	 * @param devices whether an anonymous id is one of the person's
	 */
	PersonalDataMatcher(Vault.DecryptedProfile person, Predicate<Identifier> devices) {
		this.devices = devices;
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
		return this.patterns.stream().anyMatch((pattern) -> pattern.matcher(payload).find()) || DEVICE.matcher(payload)
			.results()
			.map((found) -> new Identifier(Identifier.Type.ANONYMOUS_ID, found.group(1)))
			.anyMatch(this.devices);
	}

}
