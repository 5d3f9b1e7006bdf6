package io.waypost.agent.guard;

import java.util.List;
import java.util.function.UnaryOperator;

import io.waypost.content.Draft;

/**
 * Takes personal data out of words before they are stored or shown to a reviewer. The
 * recipient's first name becomes its place holder again; anything else leaves a mark.
 */
final class Redaction {

	static final String MARK = "[removed]";

	Draft of(Inspection inspection) {
		Draft draft = inspection.draft();
		UnaryOperator<String> clean = (text) -> clean(text, inspection);
		return new Draft(draft.locale(), clean.apply(draft.subject()), clean.apply(draft.preheader()),
				clean.apply(draft.headline()), draft.paragraphs().stream().map(clean).toList(), draft.items(),
				new Draft.CallToAction(clean.apply(draft.callToAction().label()), draft.callToAction().url()),
				(draft.closing() != null) ? clean.apply(draft.closing()) : null);
	}

	private static String clean(String text, Inspection inspection) {
		String cleaned = text;
		for (Inspection.PersonalValue value : inspection.personal()) {
			String instead = value.type().equals("firstName") ? "{{ first_name }}" : MARK;
			cleaned = PersonalDataCheck.pattern(value).matcher(cleaned).replaceAll(instead);
		}
		List<PersonalPatterns.Hit> hits = PersonalPatterns.in(cleaned);
		StringBuilder result = new StringBuilder(cleaned);
		hits.stream()
			.sorted((a, b) -> Integer.compare(b.start(), a.start()))
			.filter((hit) -> !PersonalDataCheck.isOwnAddress(result.substring(hit.start(), hit.end()), inspection))
			.forEach((hit) -> result.replace(hit.start(), hit.end(), MARK));
		return result.toString();
	}

}
