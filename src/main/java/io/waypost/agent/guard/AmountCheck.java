package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.waypost.agent.guard.AmountParser.Amount;

/** Holds every amount and percentage in the words against the facts. */
final class AmountCheck implements ContentCheck {

	@Override
	public List<Finding> inspect(InspectionRequest inspection) {
		List<Finding> findings = new ArrayList<>();
		Locale locale = inspection.locale();
		List<Amount> allowed = allowedAmounts(inspection);
		List<BigDecimal> percentages = allowedPercentages(inspection);
		for (DraftText passage : DraftText.of(inspection.draft())) {
			String text = passage.without(inspection.allowedNames()).text();
			for (Amount amount : AmountParser.money(text, locale)) {
				if (allowed.stream().noneMatch((known) -> same(known, amount))) {
					findings.add(new Finding("fact", "price_unknown", Severity.SEVERE, passage.where(),
							"the amount %s is no known fact".formatted(amount.value().toPlainString())));
				}
			}
			for (BigDecimal percentage : AmountParser.percentages(text, locale)) {
				if (percentages.stream().noneMatch((known) -> known.compareTo(percentage) == 0)) {
					findings.add(new Finding("fact", "percent_unknown", Severity.SEVERE, passage.where(),
							"%s percent is no known fact".formatted(percentage.toPlainString())));
				}
			}
		}
		return findings;
	}

	/** Prices, line totals, their sum, and what caller and author said. */
	private static List<Amount> allowedAmounts(InspectionRequest inspection) {
		List<Amount> allowed = new ArrayList<>(AmountParser.money(inspection.authored(), inspection.locale()));
		BigDecimal sum = BigDecimal.ZERO;
		for (var product : inspection.facts().values()) {
			int quantity = inspection.quantity(product.id()).orElse(1);
			BigDecimal total = product.price().amount().multiply(BigDecimal.valueOf(quantity));
			allowed.add(new Amount(product.price().amount(), product.price().currency()));
			allowed.add(new Amount(total, product.price().currency()));
			sum = sum.add(total);
		}
		if (inspection.facts().values().stream().map((product) -> product.price().currency()).distinct().count() == 1) {
			allowed.add(new Amount(sum, inspection.facts().values().iterator().next().price().currency()));
		}
		numbers(inspection.properties()).forEach((number) -> allowed.add(new Amount(number, null)));
		return allowed;
	}

	private static List<BigDecimal> allowedPercentages(InspectionRequest inspection) {
		List<BigDecimal> allowed = new ArrayList<>(numbers(inspection.properties()));
		allowed.addAll(AmountParser.percentages(inspection.authored(), inspection.locale()));
		return allowed;
	}

	private static boolean same(Amount known, Amount said) {
		return known.value().compareTo(said.value()) == 0
				&& (known.currency() == null || said.currency() == null || known.currency().equals(said.currency()));
	}

	private static List<BigDecimal> numbers(Object value) {
		return switch (value) {
			case Number number -> List.of(new BigDecimal(number.toString()));
			case Map<?, ?> map -> map.values().stream().flatMap((inner) -> numbers(inner).stream()).toList();
			case Collection<?> list -> list.stream().flatMap((inner) -> numbers(inner).stream()).toList();
			default -> List.of();
		};
	}

}
