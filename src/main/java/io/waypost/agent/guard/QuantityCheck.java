package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.agent.phrase.DateMentions;
import io.waypost.agent.phrase.TextFeatures;
import io.waypost.content.EmailDraft;
import io.waypost.content.Product;

/**
 * Finds numbers written in figures that no fact carries, besides prices, percentages and
 * dates, which have checks of their own: "holds 24 litres", "25 Sorten", "en 3 jours".
 */
final class QuantityCheck implements ContentCheck {

	/** Figures that are no part of a word, a price, a percentage, a date or a link. */
	private static final Pattern NUMBER = Pattern
		.compile("(?<![\\p{L}\\d.,:/€$£@#_+-])\\d{1,3}(?:[.,'\\u00a0\\u202f ]\\d{3})*(?:[.,]\\d{1,2})?(?!\\d)"
				+ "(?!\\p{L})(?![.,:/-]\\d)(?!\\s?(?:[%€$£]|EUR|GBP|USD|CHF|percent|Prozent|pour cent))");

	/** Figures of facts. */
	private static final Pattern FIGURES = Pattern.compile("\\d+(?:[.,'\\u00a0\\u202f]\\d+)*");

	/** The smallest number that needs a fact; "1" often counts a step or nothing at all. */
	private static final BigDecimal SMALLEST = BigDecimal.TWO;

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		List<String> names = request.allowedNames();
		Set<BigDecimal> known = null;
		for (DraftText part : DraftText.of(request.draft())) {
			String text = part.without(names).text();
			if (!TextFeatures.hasDigit(text)) {
				continue;
			}
			known = (known != null) ? known : known(request);
			Set<BigDecimal> dates = ofDates(text, request.locale());
			for (BigDecimal number : numbers(text, request.locale())) {
				if (number.compareTo(SMALLEST) >= 0 && !known.contains(number) && !dates.contains(number)) {
					findings.add(new Finding("fact", "number_unknown", Severity.WARNING, part.where(),
							"the number %s is not a known fact".formatted(number.toPlainString())));
				}
			}
		}
		return findings;
	}

	private static Set<BigDecimal> numbers(String text, Locale locale) {
		Set<BigDecimal> numbers = new HashSet<>();
		Matcher matcher = NUMBER.matcher(text);
		while (matcher.find()) {
			numbers.add(AmountParser.number(matcher.group(), locale).stripTrailingZeros());
		}
		return numbers;
	}

	/** Day and year of the dates in a text; the check of dates compares them. */
	private static Set<BigDecimal> ofDates(String text, Locale locale) {
		Set<BigDecimal> numbers = new HashSet<>();
		DateMentions.in(text, locale).forEach((date) -> {
			numbers.add(BigDecimal.valueOf(date.day()).stripTrailingZeros());
			numbers.add(BigDecimal.valueOf(date.month()).stripTrailingZeros());
			numbers.add(BigDecimal.valueOf(date.year()).stripTrailingZeros());
			numbers.add(BigDecimal.valueOf(date.year() % 100L).stripTrailingZeros());
		});
		return numbers;
	}

	/** All figures of the facts, and what can be counted in the message. */
	private static Set<BigDecimal> known(InspectionRequest request) {
		Locale locale = request.locale();
		Set<BigDecimal> known = new HashSet<>(allFigures(request.authored(), locale));
		known.addAll(allFigures(request.properties().toString(), locale));
		List<EmailDraft.DraftItem> items = request.draft().items();
		known.add(BigDecimal.valueOf(items.size()).stripTrailingZeros());
		known.add(BigDecimal.valueOf(Math.max(0, items.size() - 1L)).stripTrailingZeros());
		items.forEach((item) -> known.add(BigDecimal.valueOf(item.quantity()).stripTrailingZeros()));
		request.quantities().values().forEach((count) -> known.add(BigDecimal.valueOf(count).stripTrailingZeros()));
		for (Product product : request.facts().values()) {
			addFacts(known, product, locale);
		}
		request.declared().dates().forEach((date) -> known.add(BigDecimal.valueOf(date.getYear()).stripTrailingZeros()));
		known.add(BigDecimal.valueOf(request.today().getYear()).stripTrailingZeros());
		return known;
	}

	private static void addFacts(Set<BigDecimal> known, Product product, Locale locale) {
		known.addAll(allFigures(product.name(), locale));
		known.add(product.price().amount().stripTrailingZeros());
		product.details().descriptions().values().forEach((text) -> known.addAll(allFigures(text, locale)));
		for (Map<String, String> attribute : product.details().attributes().values()) {
			attribute.values().forEach((text) -> known.addAll(allFigures(text, locale)));
		}
		if (product.details().rating() != null) {
			known.add(product.details().rating().average().stripTrailingZeros());
			known.add(BigDecimal.valueOf(product.details().rating().reviews()).stripTrailingZeros());
		}
		if (product.details().stock() != null) {
			known.add(BigDecimal.valueOf(product.details().stock()).stripTrailingZeros());
		}
	}

	/** Figures of a fact in any position, in the notation of its language or another. */
	private static Set<BigDecimal> allFigures(String text, Locale locale) {
		Set<BigDecimal> numbers = new HashSet<>();
		FIGURES.matcher(text).results().map((match) -> match.group()).forEach((figures) -> {
			numbers.add(AmountParser.number(figures, locale).stripTrailingZeros());
			numbers.add(AmountParser.number(figures, Locale.ENGLISH).stripTrailingZeros());
		});
		return numbers;
	}

}
