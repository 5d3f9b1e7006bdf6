package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.waypost.agent.phrase.TextFeatures;
import io.waypost.agent.pii.PersonMentions;
import io.waypost.agent.pii.PersonalDataDetector;
import io.waypost.agent.pii.PersonalDataEntity;
import io.waypost.agent.pii.ReferenceNumbers;

/**
 * Finds personal data in a draft: values that match a pattern and the recipient's own
 * identifiers. Drafts are stored unencrypted and must not contain personal data.
 */
final class PersonalDataCheck implements ContentCheck {

	static final PersonalDataDetector DETECTOR = new PersonalDataDetector();

	/** Names that are words as well. */
	private static final Set<String> ORDINARY_WORDS = Set.of("grace", "faith", "daisy", "summer", "autumn", "hunter",
			"mason", "cooper", "baker", "miller", "brown", "green", "white", "black", "young", "fischer", "weber",
			"schneider", "becker", "gardener", "garden", "carpenter", "taylor", "fisher", "christian", "sunny",
			"violet", "olive", "amber", "pearl", "crystal", "melody", "harmony", "destiny", "angel", "chance", "winter",
			"stone", "woods", "fields", "rivers", "banks", "wells", "bishop", "knight", "martin", "petit", "blanc",
			"leblanc", "boulanger", "klein", "gross", "schwarz", "sommer", "koch", "richter", "kaiser", "engel",
			"vogel", "jung", "rouge", "marchand", "berger", "boucher", "fleur", "aurore", "clement", "constant",
			"juste", "prosper", "beau");

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
			for (String number : ReferenceNumbers.in(own.text())) {
				if (!request.authored().contains(number) && !request.properties().toString().contains(number)) {
					findings.add(new Finding("pii", "pii.reference", Severity.SEVERE, own.where(),
							"contains the number of an order, a customer or a contract that is no known fact"));
				}
			}
			if (PersonMentions.isIn(own.text()) && !isApproved(own.text(), request)) {
				findings.add(new Finding("pii", "pii.person", Severity.SEVERE, own.where(),
						"names a person, an address or an age"));
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

	/**
	 * Whether the approved template names a person, or the text the shop's own address.
	 */
	private static boolean isApproved(String text, InspectionRequest request) {
		String left = text;
		for (String line : request.brand().postalAddress()) {
			left = line.isBlank() ? left : left.replace(line, " . ");
		}
		return !PersonMentions.isIn(left) || PersonMentions.isIn(request.authored());
	}

	static boolean isOwnAddress(String text, InspectionRequest request) {
		return text.equalsIgnoreCase(request.brand().senderAddress());
	}

	/**
	 * Returns the pattern of an identifier. A name matches only as a whole word,
	 * otherwise "Mark" would match in "remarkable"; in small letters only if it is not
	 * also an ordinary word. Values of less than three characters match as a name in the
	 * same case or in capitals.
	 */
	static Pattern pattern(InspectionRequest.PersonalValue value) {
		String text = value.value().strip();
		boolean name = value.type().toLowerCase(Locale.ROOT).endsWith("name");
		if (text.isEmpty() || (text.length() < 3 && !name)) {
			return Pattern.compile("(?!)");
		}
		String quoted = "(?<![\\p{L}\\p{N}])(?:" + Pattern.quote(text);
		if (!name || (text.length() >= 5 && !ORDINARY_WORDS.contains(text.toLowerCase(Locale.ROOT)))) {
			return Pattern.compile(quoted + ")(?![\\p{L}\\p{N}])", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
		}
		return Pattern.compile(quoted + '|' + Pattern.quote(text.toUpperCase(Locale.ROOT)) + ")(?![\\p{L}\\p{N}])");
	}

}
