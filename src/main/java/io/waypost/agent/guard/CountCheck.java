package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.waypost.agent.phrase.SpelledNumbers;
import io.waypost.agent.phrase.TextTokens;
import io.waypost.content.Product;
import org.jspecify.annotations.Nullable;

/**
 * Finds numbers of customers, reviews, orders or countries that no fact carries: "over
 * 3,000 customers", "Tausende Familien", "120 avis".
 */
final class CountCheck implements ContentCheck {

	private static final Set<String> COUNTED = Set.of("customers", "people", "readers", "users", "families", "homes",
			"households", "gardeners", "cooks", "fans", "subscribers", "members", "buyers", "reviews", "ratings",
			"orders", "countries", "cities", "sold", "kunden", "kundinnen", "menschen", "leute", "nutzer",
			"nutzerinnen", "familien", "haushalte", "haushalten", "leser", "lesern", "leserinnen", "abonnenten",
			"mitglieder", "bewertungen", "rezensionen", "bestellungen", "lander", "landern", "verkauft", "clients",
			"clientes", "personnes", "familles", "foyers", "lecteurs", "lectrices", "utilisateurs", "abonnes",
			"membres", "avis", "commandes", "pays", "vendus", "vendues");

	/** Numbers without a figure; they need a fact that says the same. */
	private static final Set<String> MANY = Set.of("hundreds", "thousands", "millions", "hunderte", "tausende",
			"tausenden", "millionen", "centaines", "milliers");

	/** Smaller groups are told of in stories: "two of our readers". */
	private static final BigDecimal SMALLEST = BigDecimal.valueOf(30);

	/** Words between number and noun: "3,000 happy customers". */
	private static final int DISTANCE = 2;

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		List<String> names = request.allowedNames();
		KnownCounts known = null;
		for (DraftText part : DraftText.of(request.draft())) {
			TextTokens tokens = TextTokens.of(part.without(names).text());
			for (int at = 0; at < tokens.size(); at++) {
				int behind = behindNumber(tokens, at);
				String counted = (behind > at) ? counted(tokens, behind) : null;
				if (counted != null) {
					known = (known != null) ? known : KnownCounts.of(request);
					if (!known.contains(tokens, at, behind)) {
						findings.add(new Finding("fact", "number_unknown", Severity.WARNING, part.where(),
								"the number of %s is not a known fact".formatted(counted)));
					}
					at = behind;
				}
			}
		}
		return findings;
	}

	/** Returns the index behind a number of many that begins at a token, or the token. */
	private static int behindNumber(TextTokens tokens, int at) {
		if (MANY.contains(tokens.word(at))) {
			return at + 1;
		}
		SpelledNumbers.ReadNumber number = SpelledNumbers.read(tokens, at);
		if (number == null || isGroup(tokens, at)) {
			return at;
		}
		int behind = at + number.length();
		while (isGroup(tokens, behind)) {
			behind++;
		}
		return (behind > at + number.length() || number.value().compareTo(SMALLEST) >= 0) ? behind : at;
	}

	/** Three digits behind a number: 3 000. */
	private static boolean isGroup(TextTokens tokens, int at) {
		String word = tokens.word(at);
		return word.length() == 3 && word.chars().allMatch(Character::isDigit)
				&& Character.isDigit(tokens.word(at - 1).charAt(0));
	}

	private static @Nullable String counted(TextTokens tokens, int behind) {
		for (int at = behind; at <= behind + DISTANCE && at < tokens.size(); at++) {
			if (COUNTED.contains(tokens.word(at))) {
				return tokens.word(at);
			}
			if (!Character.isLetter(tokens.word(at).charAt(0))) {
				return null;
			}
		}
		return null;
	}

	/** Numbers of the facts, and words for many that they use. */
	private record KnownCounts(Set<BigDecimal> numbers, Set<String> many) {

		static KnownCounts of(InspectionRequest request) {
			StringBuilder facts = new StringBuilder(request.authored()).append('\n').append(request.properties());
			for (Product product : request.facts().values()) {
				facts.append('\n').append(product.details().rating());
				product.details().descriptions().values().forEach((text) -> facts.append('\n').append(text));
			}
			TextTokens tokens = TextTokens.of(facts.toString());
			Set<BigDecimal> numbers = new HashSet<>();
			Set<String> many = new HashSet<>();
			for (int at = 0; at < tokens.size(); at++) {
				SpelledNumbers.ReadNumber number = SpelledNumbers.read(tokens, at);
				if (number != null) {
					numbers.add(number.value().stripTrailingZeros());
					numbers.add(value(tokens, at, Math.max(behindNumber(tokens, at), at + 1)));
				}
				else if (MANY.contains(tokens.word(at))) {
					many.add(tokens.word(at));
				}
			}
			return new KnownCounts(numbers, many);
		}

		boolean contains(TextTokens tokens, int at, int behind) {
			return MANY.contains(tokens.word(at)) ? this.many.contains(tokens.word(at))
					: this.numbers.contains(value(tokens, at, behind));
		}

		/** The value of a number whose thousands may be apart: 3 000. */
		private static BigDecimal value(TextTokens tokens, int at, int behind) {
			SpelledNumbers.ReadNumber number = SpelledNumbers.read(tokens, at);
			BigDecimal value = (number != null) ? number.value() : BigDecimal.ZERO;
			for (int group = at + 1; group < behind && isGroup(tokens, group); group++) {
				value = value.multiply(BigDecimal.valueOf(1000)).add(new BigDecimal(tokens.word(group)));
			}
			return value.stripTrailingZeros();
		}

	}

}
