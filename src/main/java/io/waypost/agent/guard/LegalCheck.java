package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

import io.waypost.content.BrandKit;
import io.waypost.content.LegalElements;

/**
 * Finds missing legal elements: sender, postal address, unsubscribe link. The layouts add
 * them to every message, so the check inspects the layouts' output and not the draft.
 */
final class LegalCheck implements ContentCheck {

	private final BiFunction<BrandKit, Locale, LegalElements> legalElements;

	LegalCheck(BiFunction<BrandKit, Locale, LegalElements> legalElements) {
		this.legalElements = legalElements;
	}

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		BrandKit brand = request.brand();
		LegalElements elements = this.legalElements.apply(brand, request.locale());
		List<Finding> findings = new ArrayList<>();
		if (!elements.postalAddress()) {
			findings.add(missing("postal_address_missing", "the footer shows no postal address or only a part of it"));
		}
		if (!elements.sender() || brand.senderAddress().isBlank()) {
			findings.add(missing("sender_missing", "the brand kit has no sender or the footer does not show it"));
		}
		if (!elements.unsubscribe()) {
			findings.add(missing("unsubscribe_missing",
					"the unsubscribe link is missing in HTML, in plain text or in both"));
		}
		return findings;
	}

	private static Finding missing(String code, String detail) {
		return new Finding("legal", code, Severity.BLOCKING, "footer", detail);
	}

}
