package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.waypost.content.EmailDraft;
import io.waypost.content.Product;
import io.waypost.content.fact.ProductDetails;
import io.waypost.kernel.Money;

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
		if (!isAmount(item.price(), fact.price(), request.locale())) {
			findings.add(finding(where + ".price", "price_unknown", "differs from the catalogue's "
					+ fact.price().amount().toPlainString() + ' ' + fact.price().currency()));
		}
		compareDetails(findings, where, item, fact, request.locale());
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

	private static void compareDetails(List<Finding> findings, String where, EmailDraft.DraftItem item, Product fact,
			Locale locale) {
		if (item.formerPrice() != null
				&& (fact.formerPrice() == null || !isAmount(item.formerPrice(), fact.formerPrice(), locale))) {
			findings
				.add(finding(where + ".formerPrice", "price_unknown", "is not the list price of a valid reduction"));
		}
		if (item.description() != null
				&& !item.description().equals(fact.details().descriptions().get(locale.getLanguage()))) {
			findings.add(finding(where + ".description", "description_unknown", "differs from the catalogue"));
		}
		ProductDetails.ProductRating rating = fact.details().rating();
		if (item.rating() != null && (rating == null || !item.rating().equals(rating.text(locale)))) {
			findings.add(finding(where + ".rating", "rating_unknown", "differs from the catalogue"));
		}
	}

	private static boolean isAmount(String shown, Money fact, Locale locale) {
		BigDecimal amount = AmountParser.parse(shown, locale);
		return amount != null && amount.compareTo(fact.amount()) == 0
				&& AmountParser.currencyFits(shown, fact.currency());
	}

	private static Finding finding(String where, String code, String detail) {
		return new Finding("fact", code, Severity.SEVERE, where, detail);
	}

}
