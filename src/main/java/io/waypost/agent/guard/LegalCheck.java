package io.waypost.agent.guard;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes sure that the footer can be what the law wants: sender and postal address. The
 * layout puts them, and the unsubscribe link, under every message; words cannot remove
 * them.
 */
final class LegalCheck implements Check {

	@Override
	public List<Finding> inspect(Inspection inspection) {
		List<Finding> findings = new ArrayList<>();
		if (inspection.brand().postalAddress().stream().allMatch(String::isBlank)) {
			findings.add(missing("postal_address_missing", "the brand kit has no postal address"));
		}
		if (inspection.brand().senderName().isBlank() || inspection.brand().senderAddress().isBlank()) {
			findings.add(missing("sender_missing", "the brand kit has no sender"));
		}
		return findings;
	}

	private static Finding missing(String code, String detail) {
		return new Finding("legal", code, Severity.BLOCKING, "footer", detail);
	}

}
