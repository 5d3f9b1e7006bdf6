package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Reads amounts of money and percentages out of texts, however they are written. */
final class AmountParser {

	private static final String NUMBER = "\\d{1,3}(?:[.,'’ \\u00a0\\u202f]\\d{3})+(?:[.,]\\d{1,2})?(?!\\d)|\\d+(?:[.,]\\d{1,4})?";

	private static final String UNIT = "(?:[€$£¥₹]|\\b(?:EUR|USD|GBP|CHF|JPY|CAD|AUD|SEK|NOK|DKK|PLN|CZK)\\b)";

	private static final String WORD_UNIT = "(?:[eE]uros?|[dD]ollars?|[pP]ounds?|[Pp]fund|[fF]ran(?:cs?|ken))\\b";

	static final Pattern MONEY = Pattern.compile("(" + UNIT + ")[ \\u00a0\\u202f]?(" + NUMBER + ")|(" + NUMBER
			+ ")[ \\u00a0\\u202f]?(" + UNIT + "|" + WORD_UNIT + ")");

	static final Pattern PERCENT = Pattern
		.compile("(" + NUMBER + ")[ \\u00a0\\u202f]?(?:%|‰|percent\\b|per cent\\b|Prozent\\b|pour cent\\b)");

	private static final Pattern ANY_NUMBER = Pattern.compile(NUMBER);

	private static final Map<String, String> SIGNS = Map.of("€", "EUR", "£", "GBP", "¥", "JPY", "₹", "INR");

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
			boolean signFirst = matcher.group(1) != null;
			BigDecimal value = number(signFirst ? matcher.group(2) : matcher.group(3), locale);
			amounts.add(new Amount(value, currency(signFirst ? matcher.group(1) : matcher.group(4))));
		}
		return amounts;
	}

	static List<BigDecimal> percentages(String text, Locale locale) {
		return !TextFeatures.hasDigit(text) ? List.of()
				: PERCENT.matcher(text).results().map((match) -> number(match.group(1), locale)).toList();
	}

	/** The only number of a text, or null. */
	static @Nullable BigDecimal parse(String text, Locale locale) {
		List<String> numbers = ANY_NUMBER.matcher(text).results().map((match) -> match.group()).toList();
		return (numbers.size() == 1) ? number(numbers.getFirst(), locale) : null;
	}

	/** Whether the text names this currency, or leaves it open as a dollar sign does. */
	static boolean currencyFits(String text, Currency currency) {
		return SIGNS.entrySet()
			.stream()
			.noneMatch((sign) -> text.contains(sign.getKey()) && !sign.getValue().equals(currency.getCurrencyCode()));
	}

	/**
	 * Reads a number. Where both marks occur the last is the decimal one. A single mark
	 * with three digits behind it groups thousands if the language writes them so.
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
		boolean threeBehind = compact.length() - last - 1 == 3;
		char grouping = (locale.getLanguage().equals("en")) ? ',' : '.';
		boolean groups = !both
				&& (compact.indexOf(compact.charAt(last)) != last || (threeBehind && compact.charAt(last) == grouping));
		if (groups) {
			return new BigDecimal(compact.replaceAll("[.,]", ""));
		}
		return new BigDecimal(compact.substring(0, last).replaceAll("[.,]", "") + '.' + compact.substring(last + 1));
	}

	private static @Nullable Currency currency(String unit) {
		String code = SIGNS.getOrDefault(unit, unit);
		return (code.length() == 3 && code.equals(code.toUpperCase(Locale.ROOT))) ? Currency.getInstance(code) : null;
	}

}
