package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds personal data in words: whatever is shaped like it, and what the vault knows of
 * this recipient. Nobody's data belongs into a draft, for a draft is stored in the clear.
 */
final class PersonalDataCheck implements ContentCheck {

	@Override
	public List<Finding> inspect(InspectionRequest inspection) {
		List<Finding> findings = new ArrayList<>();
		List<String> names = inspection.allowedNames();
		for (DraftText passage : DraftText.of(inspection.draft())) {
			DraftText own = passage.without(names);
			for (PersonalDataPatterns.PersonalDataMatch hit : PersonalDataPatterns.find(own.text())) {
				if (!isOwnAddress(own.text().substring(hit.start(), hit.end()), inspection)) {
					findings.add(new Finding("pii", "pii." + hit.type(), Severity.SEVERE, own.where(),
							"held a value shaped like " + hit.type() + "; it was taken out"));
				}
			}
			inspection.personal()
				.stream()
				.filter((value) -> TextFeatures.contains(own.text(), value.value().strip()))
				.filter((value) -> pattern(value).matcher(own.text()).find())
				.forEach((value) -> findings.add(new Finding("pii", "pii.recipient", Severity.SEVERE, own.where(),
						"held the recipient's %s in the clear; it was taken out".formatted(value.type()))));
		}
		return findings;
	}

	static boolean isOwnAddress(String text, InspectionRequest inspection) {
		return text.equalsIgnoreCase(inspection.brand().senderAddress());
	}

	/**
	 * A name counts only as a whole word and in its own case, else "Mark" is found in
	 * "remarkable"; a value too short to tell anything apart is never found.
	 */
	static Pattern pattern(InspectionRequest.PersonalValue value) {
		String text = value.value().strip();
		if (text.length() < 3) {
			return Pattern.compile("(?!)");
		}
		boolean name = value.type().toLowerCase(Locale.ROOT).endsWith("name");
		return Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(text) + "(?![\\p{L}\\p{N}])",
				name ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
	}

}
