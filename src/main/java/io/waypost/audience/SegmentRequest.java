package io.waypost.audience;

import java.util.ArrayList;
import java.util.List;

import io.waypost.access.InvalidRequest;
import io.waypost.access.InvalidRequest.Violation;
import io.waypost.audience.language.SegmentLanguage;
import org.jspecify.annotations.Nullable;

/**
 * A segment as a request brings it.
 *
 * @param name canonical name: 1 to 64 lower-case letters, digits and inner hyphens
 * @param description what it means, at most 500 characters
 * @param owner who answers for it, at most 100 characters; whoever sends it when null
 * @param definition in the language of {@code docs/segments.md}
 */
public record SegmentRequest(@Nullable String name, @Nullable String description, @Nullable String owner,
		@Nullable String definition) {

	private static final int LONGEST_DESCRIPTION = 500;

	private static final int LONGEST_OWNER = 100;

	/**
	 * What the request asks for.
	 * @param fallback owner when it names none
	 * @throws InvalidRequest naming everything that is wrong but the definition
	 */
	SegmentDraft toDraft(String fallback) {
		List<Violation> violations = new ArrayList<>();
		if (this.name == null || !SegmentLanguage.NAME.matcher(this.name).matches()) {
			violations
				.add(new Violation("/name", ((this.name == null) ? "is missing" : "'" + this.name + "' does not fit")
						+ "; it must be 1 to 64 lower-case letters, digits and inner hyphens"));
		}
		String description = text("/description", this.description, LONGEST_DESCRIPTION, violations);
		String answerable = (this.owner != null) ? text("/owner", this.owner, LONGEST_OWNER, violations) : fallback;
		String source = text("/definition", this.definition, Integer.MAX_VALUE, violations);
		if (!violations.isEmpty() || this.name == null) {
			throw InvalidRequest.badRequest(violations);
		}
		return new SegmentDraft(this.name, description, answerable, source);
	}

	/**
	 * Only the definition.
	 * @throws InvalidRequest when it is missing
	 */
	String requireDefinition() {
		List<Violation> violations = new ArrayList<>();
		String source = text("/definition", this.definition, Integer.MAX_VALUE, violations);
		if (!violations.isEmpty()) {
			throw InvalidRequest.badRequest(violations);
		}
		return source;
	}

	private static String text(String pointer, @Nullable String value, int longest, List<Violation> violations) {
		if (value == null || value.isBlank()) {
			violations.add(new Violation(pointer, "is missing"));
			return "";
		}
		if (value.length() > longest || value.indexOf('\0') >= 0) {
			violations.add(new Violation(pointer, "must be a text of at most %d characters".formatted(longest)));
		}
		return value;
	}

}
