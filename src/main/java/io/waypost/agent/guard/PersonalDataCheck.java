package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.waypost.agent.pii.PersonalDataDetector;
import io.waypost.agent.pii.PersonalDataEntity;

/**
 * Finds personal data in a draft: values that match a pattern and the recipient's own
 * identifiers. Drafts are stored unencrypted and must not contain personal data.
 */
final class PersonalDataCheck implements ContentCheck {

	static final PersonalDataDetector DETECTOR = new PersonalDataDetector();

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		List<String> names = request.allowedNames();
		for (DraftText part : DraftText.of(request.draft())) {
			DraftText own = part.without(names);
			for (PersonalDataEntity hit : DETECTOR.identifiers(own.text())) {
				if (!isOwnAddress(own.text().substring(hit.start(), hit.end()), request)) {
					findings.add(new Finding("pii", "pii." + hit.type().code(), Severity.SEVERE, own.where(),
							"contained a value that looks like " + hit.type().code() + "; it was removed"));
				}
			}
			request.personal()
				.stream()
				.filter((value) -> TextFeatures.contains(own.text(), value.value().strip()))
				.filter((value) -> pattern(value).matcher(own.text()).find())
				.forEach((value) -> findings.add(new Finding("pii", "pii.recipient", Severity.SEVERE, own.where(),
						"contained the recipient's %s; it was removed".formatted(value.type()))));
		}
		return findings;
	}

	static boolean isOwnAddress(String text, InspectionRequest request) {
		return text.equalsIgnoreCase(request.brand().senderAddress());
	}

	/**
	 * Returns the pattern of an identifier. A name matches only as a whole word and with
	 * the same case, otherwise "Mark" would match in "remarkable". Values of less than
	 * three characters never match.
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
