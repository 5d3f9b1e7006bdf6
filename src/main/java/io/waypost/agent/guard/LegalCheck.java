package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

import io.waypost.content.BrandKit;
import io.waypost.content.LegalElements;

/**
 * Finds what the law asks for and the message would go out without: sender, postal
 * address, a way to unsubscribe. The layouts put them under every message, so this looks
 * at what the layouts make, not at the words.
 */
final class LegalCheck implements ContentCheck {

	private final BiFunction<BrandKit, Locale, LegalElements> legalParts;

	LegalCheck(BiFunction<BrandKit, Locale, LegalElements> legalParts) {
		this.legalParts = legalParts;
	}

	@Override
	public List<Finding> inspect(InspectionRequest inspection) {
		BrandKit brand = inspection.brand();
		LegalElements parts = this.legalParts.apply(brand, inspection.locale());
		List<Finding> findings = new ArrayList<>();
		if (!parts.postalAddress()) {
			findings.add(missing("postal_address_missing", "the footer shows no postal address, or not all of it"));
		}
		if (!parts.sender() || brand.senderAddress().isBlank()) {
			findings.add(missing("sender_missing", "the brand kit has no sender, or the footer does not name it"));
		}
		if (!parts.unsubscribe()) {
			findings.add(missing("unsubscribe_missing",
					"the layout shows no unsubscribe link in HTML, in plain text, or in both"));
		}
		return findings;
	}

	private static Finding missing(String code, String detail) {
		return new Finding("legal", code, Severity.BLOCKING, "footer", detail);
	}

}
