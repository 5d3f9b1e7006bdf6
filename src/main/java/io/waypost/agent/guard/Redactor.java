package io.waypost.agent.guard;

import java.util.List;

import io.waypost.agent.pii.PersonalDataEntity;
import io.waypost.content.EmailDraft;

/**
 * Removes personal data from a draft before it is stored or shown to a reviewer. The
 * recipient's first name becomes its placeholder again; other values become
 * {@code [removed]}.
 */
final class Redactor {

	static final String REMOVED = "[removed]";

	EmailDraft redact(InspectionRequest request) {
		return request.draft().map((text) -> clean(text, request));
	}

	private static String clean(String text, InspectionRequest request) {
		String cleaned = text;
		for (InspectionRequest.PersonalValue value : request.personal()) {
			String replacement = value.type().equals("firstName") ? "{{ first_name }}" : REMOVED;
			cleaned = PersonalDataCheck.pattern(value).matcher(cleaned).replaceAll(replacement);
		}
		List<PersonalDataEntity> hits = PersonalDataCheck.DETECTOR.identifiers(cleaned);
		StringBuilder result = new StringBuilder(cleaned);
		hits.stream()
			.sorted((a, b) -> Integer.compare(b.start(), a.start()))
			.filter((hit) -> !PersonalDataCheck.isOwnAddress(result.substring(hit.start(), hit.end()), request))
			.forEach((hit) -> result.replace(hit.start(), hit.end(), REMOVED));
		return result.toString();
	}

}
