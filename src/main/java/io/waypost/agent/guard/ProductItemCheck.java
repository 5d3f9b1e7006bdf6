package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.waypost.content.EmailDraft;
import io.waypost.content.Product;

/** Holds each product card against the catalogue. */
final class ProductItemCheck implements ContentCheck {

	@Override
	public List<Finding> inspect(InspectionRequest inspection) {
		List<Finding> findings = new ArrayList<>();
		List<EmailDraft.DraftItem> items = inspection.draft().items();
		for (int i = 0; i < items.size(); i++) {
			String where = "items[" + i + "]";
			Product fact = inspection.facts().get(items.get(i).productId());
			if (fact == null) {
				findings.add(fault(where, "product_unknown", "is no product this message was planned with"));
			}
			else {
				compare(findings, where, items.get(i), fact, inspection);
			}
		}
		return findings;
	}

	private static void compare(List<Finding> findings, String where, EmailDraft.DraftItem item, Product fact,
			InspectionRequest inspection) {
		if (!item.name().equals(fact.name())) {
			findings.add(fault(where + ".name", "product_name", "differs from the catalogue's '" + fact.name() + "'"));
		}
		BigDecimal shown = AmountParser.parse(item.price(), inspection.locale());
		if (shown == null || shown.compareTo(fact.price().amount()) != 0
				|| !AmountParser.currencyFits(item.price(), fact.price().currency())) {
			findings.add(fault(where + ".price", "price_unknown", "differs from the catalogue's "
					+ fact.price().amount().toPlainString() + ' ' + fact.price().currency()));
		}
		if (inspection.quantity(item.productId()).filter((known) -> known != item.quantity()).isPresent()) {
			findings.add(fault(where + ".quantity", "quantity", "differs from the cart"));
		}
		if (!item.url().equals(fact.url())) {
			findings.add(new Finding("link", "link_unknown", Severity.SEVERE, where + ".url",
					"is not the catalogue's page of this product"));
		}
		if (item.imageUrl() != null && !Objects.equals(item.imageUrl(), fact.imageUrl())) {
			findings.add(new Finding("link", "image_unknown", Severity.SEVERE, where + ".imageUrl",
					"is not the catalogue's picture of this product"));
		}
	}

	private static Finding fault(String where, String code, String detail) {
		return new Finding("fact", code, Severity.SEVERE, where, detail);
	}

}
