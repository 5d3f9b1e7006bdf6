package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.waypost.agent.guard.AmountParser.Amount;
import io.waypost.agent.phrase.SpelledNumbers;
import io.waypost.agent.phrase.TextFeatures;
import io.waypost.agent.phrase.TextTokens;
import org.jspecify.annotations.Nullable;

/**
 * Finds amounts and percentages in less usual notations: in words, "19,-", "8 € 50",
 * cents, and numbers without a currency where the text speaks of a price.
 */
final class MoneyMentions {

	private static final String SPACE = "[ \\u00a0\\u202f]?";

	/** 8 € 50. */
	static final Pattern SPLIT = Pattern.compile("(\\d{1,6})" + SPACE
			+ "(€|EUR|(?i:euros?)|£|\\$|CHF|(?i:francs?|franken))" + SPACE + "(\\d{2})(?![\\d%]|[.,]\\d)");

	/** 19,- and 19,– €. */
	static final Pattern DASHED = Pattern.compile("(?<![\\d.,])(\\d{1,6})[,.](?:[-–—]{1,2})(?!\\d)");

	/** A price without a currency: 59,95 in German and French, 59.95 in English. */
	private static final Pattern BARE = Pattern.compile(
			"(?<![\\d.,:/€$£¥-])(?<![€$£¥][ \\u00a0])(?<!\\b(?:um|at|à|version|v|EUR|USD|GBP|CHF)\\s)(\\d{1,4})(?:(,)(\\d{2})|(\\.)(\\d{2})(?!\\.))(?![\\d:/]|[.,]\\d|[ \\u00a0\\u202f]?(?:%|€|\\$|£|x\\b|×|(?i:kg|g|mg|cm|mm|m|km|l|ml|cl|w|v|h|uhr|inch|zoll|eur|euros?|usd|gbp|chf|stars?|sterne|étoiles|dollars?|pounds?|percent|prozent)\\b))");

	/** A number after a word about prices, at the end of its clause. */
	private static final Pattern CONTEXT = Pattern.compile(
			"(?iu)(?<!\\p{L})(?:spend|save|instead of|statt|anstatt|au lieu de|was|für nur|for just|for only|nur noch|pay just|now only|jetzt nur|ab nur|knock|from just|from only|prices from|starting at|starts at|start at|under|less than|unter|weniger als|schon ab|bereits ab|preise ab|moins de|à partir de|dès)\\s+(?:just\\s|only\\s|nur\\s)?(\\d{1,4})(?=\\s*(?:$|[.;!?)]|,\\s|and\\b|or\\b|off\\b|und\\b|et\\b|jetzt\\b|now\\b|today\\b|heute\\b))");

	private static final Set<String> CONTEXT_WORDS = Set.of("spend", "save", "instead", "statt", "anstatt", "lieu",
			"was", "nur", "just", "only", "knock", "from", "starting", "starts", "start", "under", "less", "unter",
			"weniger", "ab", "moins", "partir", "des");

	private MoneyMentions() {
	}

	/** Finds amounts that the usual notations do not cover. */
	static List<Amount> in(String text, TextTokens tokens, Locale locale) {
		List<Amount> amounts = new ArrayList<>();
		if (TextFeatures.hasDigit(text)) {
			Matcher split = SPLIT.matcher(text);
			while (split.find()) {
				amounts.add(new Amount(new BigDecimal(split.group(1) + '.' + split.group(3)), null));
			}
			Matcher dashed = DASHED.matcher(text);
			while (dashed.find()) {
				amounts.add(new Amount(new BigDecimal(dashed.group(1)), null));
			}
			bare(text, locale, amounts);
			if (hasContext(tokens)) {
				Matcher context = CONTEXT.matcher(text);
				while (context.find()) {
					amounts.add(new Amount(new BigDecimal(context.group(1)), null));
				}
			}
		}
		worded(tokens, amounts);
		return amounts;
	}

	private static boolean hasContext(TextTokens tokens) {
		for (int i = 0; i < tokens.size(); i++) {
			if (CONTEXT_WORDS.contains(tokens.word(i))) {
				return true;
			}
		}
		return false;
	}

	private static void bare(String text, Locale locale, List<Amount> amounts) {
		Matcher bare = BARE.matcher(text);
		char separator = locale.getLanguage().equals("en") ? '.' : ',';
		while (bare.find()) {
			boolean comma = bare.group(2) != null;
			if (comma == (separator == ',')) {
				amounts.add(new Amount(new BigDecimal(bare.group(1) + '.' + bare.group(comma ? 3 : 5)), null));
			}
		}
	}

	private static void worded(TextTokens tokens, List<Amount> amounts) {
		for (int at = 0; at < tokens.size(); at++) {
			BigDecimal note = note(tokens.word(at));
			if (note != null) {
				amounts.add(new Amount(note, null));
			}
			SpelledNumbers.ReadNumber number = SpelledNumbers.read(tokens, at);
			if (number == null) {
				continue;
			}
			String unit = tokens.word(at + number.length());
			BigDecimal factor = factor(unit);
			if (factor != null && (number.inWords() || factor.signum() > 0 && factor.compareTo(BigDecimal.ONE) < 0)) {
				amounts.add(new Amount(number.value().multiply(factor), currency(unit)));
			}
			at += number.length() - 1;
		}
	}

	/** Finds percentages in words. */
	static List<BigDecimal> percentages(TextTokens tokens) {
		List<BigDecimal> percentages = new ArrayList<>();
		for (int at = 0; at < tokens.size(); at++) {
			SpelledNumbers.ReadNumber number = SpelledNumbers.read(tokens, at);
			if (number != null) {
				boolean about = tokens.word(at + number.length()).equals("odd");
				int behind = at + number.length() + (about ? 1 : 0);
				String unit = tokens.word(behind);
				String next = tokens.word(behind + 1);
				boolean percent = unit.equals("percent") || unit.equals("prozent") || unit.equals("%")
						|| unit.equals("pct") || (unit.equals("per") && next.equals("cent"))
						|| (unit.equals("pour") && next.startsWith("cent"));
				if (percent && (number.inWords() || unit.equals("pct"))) {
					percentages.add(number.value());
				}
				at += number.length() - 1;
			}
		}
		return percentages;
	}

	private static @Nullable BigDecimal note(String word) {
		return switch (word) {
			case "tenner", "tenners", "zehner" -> BigDecimal.TEN;
			case "fiver", "fivers", "funfer" -> BigDecimal.valueOf(5);
			case "zwanziger" -> BigDecimal.valueOf(20);
			default -> null;
		};
	}

	private static @Nullable BigDecimal factor(String unit) {
		return switch (unit) {
			case "euro", "euros", "eur", "dollar", "dollars", "usd", "pound", "pounds", "pfund", "quid", "bucks",
					"buck", "franken", "franc", "francs", "chf", "gbp", "kronen", "crowns", "yen" ->
				BigDecimal.ONE;
			case "cent", "cents", "ct", "centime", "centimes", "pence", "penny", "rappen" -> new BigDecimal("0.01");
			default -> null;
		};
	}

	private static @Nullable Currency currency(String unit) {
		return switch (unit) {
			case "euro", "euros", "eur" -> Currency.getInstance("EUR");
			case "gbp", "quid", "pence", "penny" -> Currency.getInstance("GBP");
			case "chf", "franken", "rappen" -> Currency.getInstance("CHF");
			case "usd" -> Currency.getInstance("USD");
			default -> null;
		};
	}

}
