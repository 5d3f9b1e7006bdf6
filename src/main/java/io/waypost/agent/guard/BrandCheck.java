package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.waypost.agent.phrase.CaseFolding;
import io.waypost.agent.phrase.LookAlikes;

/**
 * Finds words that the brand kit forbids, also with letters of other scripts that look
 * alike, and with hyphens or other marks between the letters.
 */
final class BrandCheck implements ContentCheck {

	private static final Pattern HYPHEN = Pattern
		.compile("(?<=\\p{L})[-\\u00ad\\u2010-\\u2015\\u2212\\u00b7\\u2022_.*~|'\u2019]+(?=\\p{L})");

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		List<String> names = request.allowedNames();
		for (DraftText part : DraftText.of(request.draft())) {
			String shown = LookAlikes.of(part.without(names).text());
			String text = normalized(shown);
			String joined = normalized(HYPHEN.matcher(shown).replaceAll(""));
			for (String forbidden : request.brand().forbiddenWords()) {
				String word = normalized(LookAlikes.of(forbidden));
				if (text.contains(word) || joined.contains(word)) {
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
