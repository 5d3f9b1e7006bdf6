package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.waypost.agent.guard.AmountParser.Amount;
import io.waypost.agent.phrase.TextFeatures;
import io.waypost.agent.phrase.TextTokens;

/** Checks every amount of money and percentage in the texts against the known facts. */
final class AmountCheck implements ContentCheck {

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		Locale locale = request.locale();
		List<String> names = request.allowedNames();
		List<Amount> allowed = null;
		List<BigDecimal> percentages = null;
		for (DraftText part : DraftText.of(request.draft())) {
			String text = part.without(names).text();
			TextTokens tokens = TextTokens.of(text);
			for (Amount amount : amounts(text, tokens, locale)) {
				allowed = (allowed != null) ? allowed : allowedAmounts(request);
				if (allowed.stream().noneMatch((known) -> same(known, amount))) {
					findings.add(new Finding("fact", "price_unknown", Severity.SEVERE, part.where(),
							"the amount %s is not a known fact".formatted(amount.value().toPlainString())));
				}
			}
			for (BigDecimal percentage : percentages(text, tokens, locale)) {
				percentages = (percentages != null) ? percentages : allowedPercentages(request);
				if (percentages.stream().noneMatch((known) -> known.compareTo(percentage) == 0)) {
					findings.add(new Finding("fact", "percent_unknown", Severity.SEVERE, part.where(),
							"%s percent is not a known fact".formatted(percentage.toPlainString())));
				}
			}
		}
		return findings;
	}

	/** Whether a text names an amount of money or a percentage. */
	static boolean isIn(String text, Locale locale) {
		TextTokens tokens = TextTokens.of(text);
		return !amounts(text, tokens, locale).isEmpty() || !percentages(text, tokens, locale).isEmpty();
	}

	/** An amount in an unusual notation hides the part that looks like a usual one. */
	private static List<Amount> amounts(String text, TextTokens tokens, Locale locale) {
		List<Amount> amounts = new ArrayList<>(MoneyMentions.in(text, tokens, locale));
		amounts.addAll(AmountParser
			.money(TextFeatures.hasDigit(text) ? MoneyMentions.SPLIT.matcher(text).replaceAll(" ") : text, locale));
		return amounts;
	}

	private static List<BigDecimal> percentages(String text, TextTokens tokens, Locale locale) {
		List<BigDecimal> percentages = new ArrayList<>(AmountParser.percentages(text, locale));
		percentages.addAll(MoneyMentions.percentages(tokens));
		return percentages;
	}

	/**
	 * Prices, line totals, their sum, and the amounts in the approved template and in the
	 * message's properties.
	 */
	private static List<Amount> allowedAmounts(InspectionRequest request) {
		String authored = request.authored();
		List<Amount> allowed = new ArrayList<>(amounts(authored, TextTokens.of(authored), request.locale()));
		BigDecimal sum = BigDecimal.ZERO;
		for (var product : request.facts().values()) {
			int quantity = request.quantity(product.id()).orElse(1);
			BigDecimal total = product.price().amount().multiply(BigDecimal.valueOf(quantity));
			allowed.add(new Amount(product.price().amount(), product.price().currency()));
			allowed.add(new Amount(total, product.price().currency()));
			if (product.formerPrice() != null) {
				allowed.add(new Amount(product.formerPrice().amount(), product.formerPrice().currency()));
			}
			sum = sum.add(total);
		}
		if (request.facts().values().stream().map((product) -> product.price().currency()).distinct().count() == 1) {
			allowed.add(new Amount(sum, request.facts().values().iterator().next().price().currency()));
		}
		numbers(request.properties()).forEach((number) -> allowed.add(new Amount(number, null)));
		for (DeclaredFacts.DeclaredOffer offer : request.declared().offers()) {
			if (offer.amount() != null) {
				allowed.add(new Amount(offer.amount(), offer.currency()));
			}
		}
		return allowed;
	}

	static List<BigDecimal> allowedPercentages(InspectionRequest request) {
		List<BigDecimal> allowed = new ArrayList<>(numbers(request.properties()));
		String authored = request.authored();
		allowed.addAll(percentages(authored, TextTokens.of(authored), request.locale()));
		request.declared()
			.offers()
			.stream()
			.map(DeclaredFacts.DeclaredOffer::percent)
			.filter(Objects::nonNull)
			.forEach(allowed::add);
		return allowed;
	}

	private static boolean same(Amount known, Amount found) {
		return known.value().compareTo(found.value()) == 0
				&& (known.currency() == null || found.currency() == null || known.currency().equals(found.currency()));
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
