package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;

import io.waypost.agent.phrase.CaseFolding;

/** Finds words that the brand kit forbids. */
final class BrandCheck implements ContentCheck {

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		List<String> names = request.allowedNames();
		for (DraftText part : DraftText.of(request.draft())) {
			String text = normalized(part.without(names).text());
			for (String forbidden : request.brand().forbiddenWords()) {
				if (text.contains(normalized(forbidden))) {
					findings.add(new Finding("brand", "word_forbidden", Severity.WARNING, part.where(),
							"'%s' is a forbidden word of the brand kit".formatted(forbidden)));
				}
			}
		}
		return findings;
	}

	/** Returns the words of a text, each surrounded by single spaces. */
	private static String normalized(String text) {
		return ' ' + CaseFolding.of(text).replaceAll("[^\\p{L}\\p{N}]+", " ").strip() + ' ';
	}

}
