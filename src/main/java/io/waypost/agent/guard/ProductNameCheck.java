package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds products that are not in the content plan: names of the catalogue, quoted texts
 * and capitalised phrases.
 */
final class ProductNameCheck implements ContentCheck {

	private static final Pattern QUOTED = Pattern.compile("[\"“„«‹»]\\s?([^\"“”„«»‹›]{3,80}?)\\s?[\"”“»›«]");

	/** Two or more capitalised words in a row, not at the beginning of a sentence. */
	private static final Pattern NAMED = Pattern
		.compile("(?<=[\\p{Ll}\\p{N},;] )(\\p{Lu}[\\p{L}\\p{N}’'-]+(?: (?:\\p{Lu}[\\p{L}\\p{N}’'-]*|\\p{N}+))+)");

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		List<String> names = request.allowedNames();
		for (DraftText part : DraftText.of(request.draft())) {
			DraftText own = part.without(names);
			for (String other : request.catalogue().in(own.text())) {
				if (!request.authored().contains(other)) {
					findings.add(new Finding("fact", "product_unknown", Severity.SEVERE, own.where(),
							"names '%s', which is not in the content plan".formatted(other)));
				}
			}
			unknown(findings, own, QUOTED, request);
			unknown(findings, own, NAMED, request);
		}
		return findings;
	}

	/**
	 * German capitalises every noun, so only three or more capitalised words in a row
	 * count as a name.
	 */
	private static boolean isGermanNounPhrase(String name, Locale locale) {
		return locale.getLanguage().equals("de")
				&& Arrays.stream(name.split(" ", -1)).filter((word) -> Character.isLetter(word.charAt(0))).count() < 3;
	}

	private static void unknown(List<Finding> findings, DraftText part, Pattern pattern, InspectionRequest request) {
		Matcher matcher = pattern.matcher(part.text());
		while (matcher.find()) {
			String name = matcher.group(1).strip();
			boolean known = isGermanNounPhrase(name, request.locale())
					|| CaseFolding.of(request.authored()).contains(CaseFolding.of(name));
			if (!known && !DateCheck.looksLikeDate(name)) {
				findings.add(new Finding("fact", "name_unknown", Severity.WARNING, part.where(),
						"contains a possible product name that is not a known fact"));
			}
		}
	}

}
