package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.waypost.content.EmailDraft;
import io.waypost.content.Product;

/** Compares each product card with the catalogue. */
final class ProductItemCheck implements ContentCheck {

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		List<EmailDraft.DraftItem> items = request.draft().items();
		for (int i = 0; i < items.size(); i++) {
			String where = "items[" + i + "]";
			Product fact = request.facts().get(items.get(i).productId());
			if (fact == null) {
				findings.add(finding(where, "product_unknown", "is not a product of the content plan"));
			}
			else {
				compare(findings, where, items.get(i), fact, request);
			}
		}
		return findings;
	}

	private static void compare(List<Finding> findings, String where, EmailDraft.DraftItem item, Product fact,
			InspectionRequest request) {
		if (!item.name().equals(fact.name())) {
			findings
				.add(finding(where + ".name", "product_name", "differs from the catalogue's '" + fact.name() + "'"));
		}
		BigDecimal shown = AmountParser.parse(item.price(), request.locale());
		if (shown == null || shown.compareTo(fact.price().amount()) != 0
				|| !AmountParser.currencyFits(item.price(), fact.price().currency())) {
			findings.add(finding(where + ".price", "price_unknown", "differs from the catalogue's "
					+ fact.price().amount().toPlainString() + ' ' + fact.price().currency()));
		}
		if (request.quantity(item.productId()).filter((known) -> known != item.quantity()).isPresent()) {
			findings.add(finding(where + ".quantity", "quantity", "differs from the cart"));
		}
		if (!item.url().equals(fact.url())) {
			findings.add(new Finding("link", "link_unknown", Severity.SEVERE, where + ".url",
					"is not the product page in the catalogue"));
		}
		if (item.imageUrl() != null && !Objects.equals(item.imageUrl(), fact.imageUrl())) {
			findings.add(new Finding("link", "image_unknown", Severity.SEVERE, where + ".imageUrl",
					"is not the product image in the catalogue"));
		}
	}

	private static Finding finding(String where, String code, String detail) {
		return new Finding("fact", code, Severity.SEVERE, where, detail);
	}

}
