package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds words the brand never uses. */
final class BrandCheck implements Check {

	@Override
	public List<Finding> inspect(Inspection inspection) {
		List<Finding> findings = new ArrayList<>();
		for (Passage passage : Passage.of(inspection.draft())) {
			String words = ' ' + passage.without(inspection.allowedNames())
				.text()
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N}]+", " ") + ' ';
			for (String forbidden : inspection.brand().forbiddenWords()) {
				if (words.contains(' ' + forbidden.replaceAll("[^\\p{L}\\p{N}]+", " ").strip() + ' ')) {
					findings.add(new Finding("brand", "word_forbidden", Severity.WARNING, passage.where(),
							"'%s' is a word the brand never uses".formatted(forbidden)));
				}
			}
		}
		return findings;
	}

}
