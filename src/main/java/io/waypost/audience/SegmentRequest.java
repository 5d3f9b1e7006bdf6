package io.waypost.audience;

import java.util.ArrayList;
import java.util.List;

import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.audience.language.SegmentLanguage;
import org.jspecify.annotations.Nullable;

/**
 * Request body that defines a segment.
 *
 * @param name canonical name: 1 to 64 lower-case letters, digits and inner hyphens
 * @param description what the segment means, at most 500 characters
 * @param owner person or team responsible, at most 100 characters; the caller when null
 * @param definition in the language of {@code docs/segments.md}
 */
public record SegmentRequest(@Nullable String name, @Nullable String description, @Nullable String owner,
		@Nullable String definition) {

	private static final int MAX_DESCRIPTION_LENGTH = 500;

	private static final int MAX_OWNER_LENGTH = 100;

	/**
	 * Converts the request to a draft; the definition is not parsed.
	 * @param fallback owner if the request names none
	 * @throws InvalidRequestException with one violation for each invalid field
	 */
	SegmentDraft toDraft(String fallback) {
		List<Violation> violations = new ArrayList<>();
		if (this.name == null || !SegmentLanguage.NAME.matcher(this.name).matches()) {
			violations
				.add(new Violation("/name", ((this.name == null) ? "is missing" : "'" + this.name + "' is not valid")
						+ "; it must be 1 to 64 lower-case letters, digits and inner hyphens"));
		}
		String description = text("/description", this.description, MAX_DESCRIPTION_LENGTH, violations);
		String owner = (this.owner != null) ? text("/owner", this.owner, MAX_OWNER_LENGTH, violations) : fallback;
		String source = text("/definition", this.definition, Integer.MAX_VALUE, violations);
		if (!violations.isEmpty() || this.name == null) {
			throw InvalidRequestException.badRequest(violations);
		}
		return new SegmentDraft(this.name, description, owner, source);
	}

	/**
	 * Returns the definition.
	 * @throws InvalidRequestException when it is missing
	 */
	String requireDefinition() {
		List<Violation> violations = new ArrayList<>();
		String source = text("/definition", this.definition, Integer.MAX_VALUE, violations);
		if (!violations.isEmpty()) {
			throw InvalidRequestException.badRequest(violations);
		}
		return source;
	}

	private static String text(String pointer, @Nullable String value, int maxLength, List<Violation> violations) {
		if (value == null || value.isBlank()) {
			violations.add(new Violation(pointer, "is missing"));
			return "";
		}
		if (value.length() > maxLength || value.indexOf('\0') >= 0) {
			violations.add(new Violation(pointer, "must be a string of at most %d characters".formatted(maxLength)));
		}
		return value;
	}

}
