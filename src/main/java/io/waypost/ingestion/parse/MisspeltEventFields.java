package io.waypost.ingestion.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.kernel.Suggestions;

/**
 * Finds top-level fields of events that are probably misspelt: unknown, but similar to a
 * field that Waypost reads. Other unknown fields are accepted, because client libraries
 * send fields of their own. Used in strict mode only.
 */
public final class MisspeltEventFields {

	private static final Set<String> READ = Set.of("type", "event", "name", "userId", "anonymousId", "previousId",
			"groupId", "properties", "traits", "context", "timestamp", "originalTimestamp", "sentAt", "receivedAt",
			"messageId");

	/** Other spellings that the parser reads, and fields of common client libraries. */
	private static final Set<String> ACCEPTED = Set.of("action", "user_id", "anonymous_id", "previous_id", "group_id",
			"message_id", "integrations", "channel", "version", "category", "projectId", "writeKey", "_metadata",
			"rudderId", "request_ip", "userProperties", "library");

	private static final Set<String> OF_BATCH = Set.of("batch", "context", "sentAt", "writeKey");

	private MisspeltEventFields() {
	}

	/**
	 * Checks a body and its events.
	 * @param batch the body
	 * @return a violation per misspelt field, in the order of the body
	 */
	public static List<Violation> of(EventBatch batch) {
		List<Violation> violations = new ArrayList<>();
		add("", batch.shared(), OF_BATCH, violations);
		batch.events().forEach((event) -> add(event.pointer(), event.json(), READ, violations));
		return violations;
	}

	private static void add(String pointer, JsonNode object, Set<String> names, List<Violation> violations) {
		object.properties().forEach((field) -> {
			String name = field.getKey();
			if (!names.contains(name) && !ACCEPTED.contains(name)) {
				Suggestions.closest(name, names)
					.ifPresent((closest) -> violations
						.add(new Violation(pointer + '/' + name.replace("~", "~0").replace("/", "~1"),
								"is not a known field; did you mean '%s'?".formatted(closest))));
			}
		});
	}

}
