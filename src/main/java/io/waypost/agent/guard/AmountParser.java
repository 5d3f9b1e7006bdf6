package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.agent.phrase.TextFeatures;
import org.jspecify.annotations.Nullable;

/** Finds amounts of money and percentages in texts, in the usual notations. */
final class AmountParser {

	private static final String NUMBER = "\\d{1,3}(?:[.,'’ \\u00a0\\u202f]\\d{3}){1,8}(?:[.,]\\d{1,2})?(?!\\d)|\\d{1,24}(?:[.,]\\d{1,4})?";

	private static final String UNIT = "(?:[€$£¥₹]|\\b(?:EUR|USD|GBP|CHF|JPY|CAD|AUD|SEK|NOK|DKK|PLN|CZK)\\b)";

	private static final String WORD_UNIT = "(?:[eE]uros?|[dD]ollars?|[pP]ounds?|[Pp]fund|[fF]ran(?:cs?|ken))\\b";

	static final Pattern MONEY = Pattern.compile("(" + UNIT + ")[ \\u00a0\\u202f]?(" + NUMBER + ")|(" + NUMBER
			+ ")[ \\u00a0\\u202f]?(" + UNIT + "|" + WORD_UNIT + ")");

	static final Pattern PERCENT = Pattern
		.compile("(" + NUMBER + ")[ \\u00a0\\u202f]?(?:%|‰|percent\\b|per cent\\b|Prozent\\b|pour cent\\b)");

	private static final Pattern ANY_NUMBER = Pattern.compile(NUMBER);

	/** Currencies written with a dollar sign. */
	private static final Set<String> DOLLARS = Set.of("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "BRL",
			"ARS", "CLP", "COP", "UYU", "DOP", "JMD", "TTD", "BSD", "BBD", "FJD", "NAD");

	private static final Map<String, String> CURRENCY_SYMBOLS = Map.of("€", "EUR", "£", "GBP", "¥", "JPY", "₹", "INR");

	private AmountParser() {
	}

	/** An amount in a text. */
	record Amount(BigDecimal value, @Nullable Currency currency) {

	}

	static List<Amount> money(String text, Locale locale) {
		if (!TextFeatures.hasDigit(text)) {
			return List.of();
		}
		List<Amount> amounts = new ArrayList<>();
		Matcher matcher = MONEY.matcher(text);
		while (matcher.find()) {
			boolean symbolFirst = matcher.group(1) != null;
			BigDecimal value = number(symbolFirst ? matcher.group(2) : matcher.group(3), locale);
			amounts.add(new Amount(value, currency(symbolFirst ? matcher.group(1) : matcher.group(4))));
		}
		return amounts;
	}

	static List<BigDecimal> percentages(String text, Locale locale) {
		return !TextFeatures.hasDigit(text) ? List.of()
				: PERCENT.matcher(text).results().map((match) -> number(match.group(1), locale)).toList();
	}

	/** Returns the only number of a text, or null when it has none or several. */
	static @Nullable BigDecimal parse(String text, Locale locale) {
		List<String> numbers = ANY_NUMBER.matcher(text).results().map((match) -> match.group()).toList();
		return (numbers.size() == 1) ? number(numbers.getFirst(), locale) : null;
	}

	/**
	 * Whether a text is compatible with a currency. The dollar sign is compatible with
	 * every currency that uses it.
	 */
	static boolean currencyFits(String text, Currency currency) {
		return (text.indexOf('$') < 0 || DOLLARS.contains(currency.getCurrencyCode())) && CURRENCY_SYMBOLS.entrySet()
			.stream()
			.noneMatch((symbol) -> text.contains(symbol.getKey())
					&& !symbol.getValue().equals(currency.getCurrencyCode()));
	}

	/**
	 * Parses a number. If both separators occur, the last one is the decimal separator. A
	 * single separator before three digits is a thousands separator if the language uses
	 * it as such.
	 */
	static BigDecimal number(String text, Locale locale) {
		String compact = text.replaceAll("['’ \\u00a0\\u202f]", "");
		int point = compact.lastIndexOf('.');
		int comma = compact.lastIndexOf(',');
		int last = Math.max(point, comma);
		if (last < 0) {
			return new BigDecimal(compact);
		}
		boolean both = point >= 0 && comma >= 0;
		boolean threeDigitsFollow = compact.length() - last - 1 == 3;
		char grouping = (locale.getLanguage().equals("en")) ? ',' : '.';
		boolean groups = !both && (compact.indexOf(compact.charAt(last)) != last
				|| (threeDigitsFollow && compact.charAt(last) == grouping));
		if (groups) {
			return new BigDecimal(compact.replaceAll("[.,]", ""));
		}
		return new BigDecimal(compact.substring(0, last).replaceAll("[.,]", "") + '.' + compact.substring(last + 1));
	}

	private static @Nullable Currency currency(String unit) {
		String code = CURRENCY_SYMBOLS.getOrDefault(unit, unit);
		return (code.length() == 3 && code.equals(code.toUpperCase(Locale.ROOT))) ? Currency.getInstance(code) : null;
	}

}
