package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;

/** Finds words the brand never uses. */
final class BrandCheck implements ContentCheck {

	@Override
	public List<Finding> inspect(InspectionRequest inspection) {
		List<Finding> findings = new ArrayList<>();
		for (DraftText passage : DraftText.of(inspection.draft())) {
			String words = words(passage.without(inspection.allowedNames()).text());
			for (String forbidden : inspection.brand().forbiddenWords()) {
				if (words.contains(words(forbidden))) {
					findings.add(new Finding("brand", "word_forbidden", Severity.WARNING, passage.where(),
							"'%s' is a word the brand never uses".formatted(forbidden)));
				}
			}
		}
		return findings;
	}

	/** Between single spaces, whatever stands between them in the text. */
	private static String words(String text) {
		return ' ' + CaseFolding.of(text).replaceAll("[^\\p{L}\\p{N}]+", " ").strip() + ' ';
	}

}
