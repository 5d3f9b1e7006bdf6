package io.waypost.agent.guard;

import java.util.List;
import java.util.function.UnaryOperator;

import io.waypost.content.EmailDraft;

/**
 * Takes personal data out of words before they are stored or shown to a reviewer. The
 * recipient's first name becomes its place holder again; anything else leaves a mark.
 */
final class Redactor {

	static final String MARK = "[removed]";

	EmailDraft redact(InspectionRequest inspection) {
		EmailDraft draft = inspection.draft();
		UnaryOperator<String> clean = (text) -> clean(text, inspection);
		return new EmailDraft(draft.locale(), clean.apply(draft.subject()), clean.apply(draft.preheader()),
				clean.apply(draft.headline()), draft.paragraphs().stream().map(clean).toList(), draft.items(),
				new EmailDraft.CallToAction(clean.apply(draft.callToAction().label()), draft.callToAction().url()),
				(draft.closing() != null) ? clean.apply(draft.closing()) : null);
	}

	private static String clean(String text, InspectionRequest inspection) {
		String cleaned = text;
		for (InspectionRequest.PersonalValue value : inspection.personal()) {
			String instead = value.type().equals("firstName") ? "{{ first_name }}" : MARK;
			cleaned = PersonalDataCheck.pattern(value).matcher(cleaned).replaceAll(instead);
		}
		List<PersonalDataPatterns.PersonalDataMatch> hits = PersonalDataPatterns.find(cleaned);
		StringBuilder result = new StringBuilder(cleaned);
		hits.stream()
			.sorted((a, b) -> Integer.compare(b.start(), a.start()))
			.filter((hit) -> !PersonalDataCheck.isOwnAddress(result.substring(hit.start(), hit.end()), inspection))
			.forEach((hit) -> result.replace(hit.start(), hit.end(), MARK));
		return result.toString();
	}

}
