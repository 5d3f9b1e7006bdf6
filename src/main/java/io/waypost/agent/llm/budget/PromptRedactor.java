package io.waypost.agent.llm.budget;

import java.util.List;

import io.waypost.agent.pii.PersonalDataDetector;
import io.waypost.agent.pii.PersonalDataEntity;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Removes identifiers from prompts and answers before they are stored, with the
 * recognizers that also redact drafts, and characters that PostgreSQL cannot store.
 */
@Component
class PromptRedactor {

	static final String REMOVED = "[removed]";

	private static final int LONGEST_CODE = 200;

	private final PersonalDataDetector detector;

	PromptRedactor(PersonalDataDetector detector) {
		this.detector = detector;
	}

	String redact(String text) {
		String storable = storable(text);
		List<PersonalDataEntity> found = this.detector.identifiers(storable);
		StringBuilder redacted = new StringBuilder(storable);
		found.reversed().forEach((entity) -> redacted.replace(entity.start(), entity.end(), REMOVED));
		return redacted.toString();
	}

	@Nullable String redactNullable(@Nullable String text) {
		return (text != null) ? redact(text) : null;
	}

	/** Makes a short code of a provider, such as the name of a model, storable. */
	static @Nullable String code(@Nullable String text) {
		return (text == null) ? null : storable(text.substring(0, Math.min(text.length(), LONGEST_CODE)));
	}

	/** An answer is a text of a stranger: it may contain NUL and unpaired surrogates. */
	private static String storable(String text) {
		StringBuilder storable = new StringBuilder(text.length());
		text.codePoints()
			.map((point) -> (point == 0 || Character.getType(point) == Character.SURROGATE) ? '\uFFFD' : point)
			.forEach(storable::appendCodePoint);
		return storable.toString();
	}

}
