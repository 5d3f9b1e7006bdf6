package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds products in the words that the message was not planned with: any name the
 * catalogue knows, anything in quotation marks, and what is written like a name.
 */
final class ProductNameCheck implements ContentCheck {

	private static final Pattern QUOTED = Pattern.compile("[\"“„«‹»]\\s?([^\"“”„«»‹›]{3,80}?)\\s?[\"”“»›«]");

	/** Two or more capitalised words in a row, not at the beginning of a sentence. */
	private static final Pattern NAMED = Pattern
		.compile("(?<=[\\p{Ll}\\p{N},;] )(\\p{Lu}[\\p{L}\\p{N}’'-]+(?: (?:\\p{Lu}[\\p{L}\\p{N}’'-]*|\\p{N}+))+)");

	@Override
	public List<Finding> inspect(InspectionRequest inspection) {
		List<Finding> findings = new ArrayList<>();
		List<String> names = inspection.allowedNames();
		for (DraftText passage : DraftText.of(inspection.draft())) {
			DraftText own = passage.without(names);
			for (String stranger : inspection.catalogue().in(own.text())) {
				if (!inspection.authored().contains(stranger)) {
					findings.add(new Finding("fact", "product_unknown", Severity.SEVERE, own.where(),
							"names '%s', which this message was not planned with".formatted(stranger)));
				}
			}
			unknown(findings, own, QUOTED, inspection);
			unknown(findings, own, NAMED, inspection);
		}
		return findings;
	}

	/**
	 * Germans capitalise every noun, so it takes three words in a row to look like a
	 * name.
	 */
	private static boolean germanNouns(String name, Locale locale) {
		return locale.getLanguage().equals("de")
				&& Arrays.stream(name.split(" ", -1)).filter((word) -> Character.isLetter(word.charAt(0))).count() < 3;
	}

	private static void unknown(List<Finding> findings, DraftText passage, Pattern pattern,
			InspectionRequest inspection) {
		Matcher matcher = pattern.matcher(passage.text());
		while (matcher.find()) {
			String name = matcher.group(1).strip();
			boolean known = germanNouns(name, inspection.locale())
					|| CaseFolding.of(inspection.authored()).contains(CaseFolding.of(name));
			if (!known && !DateCheck.looksLikeDate(name)) {
				findings.add(new Finding("fact", "name_unknown", Severity.WARNING, passage.where(),
						"speaks of something that is written like a name and is no known fact"));
			}
		}
	}

}
