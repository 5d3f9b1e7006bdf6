package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.waypost.agent.phrase.SpelledNumbers;
import io.waypost.agent.phrase.PhraseGrammar;
import io.waypost.agent.phrase.PhraseGrammar.PhraseMatch;
import io.waypost.agent.phrase.TextTokens;

/**
 * Finds urgency, promises, claims about health or income, sensitive personal data and
 * notes of authors in paraphrase. A claim is allowed when the facts make one on the same
 * topic with the same numbers.
 */
final class ParaphraseCheck implements ContentCheck {

	static final PhraseGrammar CLAIMS = PhraseGrammar.read("/guard/claims.txt");

	/** Characters between a discount and the words about it. */
	private static final int SAME_CLAUSE = 12;

	/** Characters in which the number of a claim follows it: "within 100 days". */
	private static final int NUMBER_DISTANCE = 24;

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		List<String> names = request.allowedNames();
		Evidence evidence = null;
		for (DraftText part : DraftText.of(request.draft())) {
			DraftText own = part.without(names);
			TextTokens tokens = TextTokens.of(own.text());
			List<PhraseMatch> claims = CLAIMS.find(tokens);
			if (!claims.isEmpty()) {
				evidence = (evidence != null) ? evidence : Evidence.of(request);
				inspect(findings, own, claims, evidence);
			}
		}
		return findings;
	}

	private static void inspect(List<Finding> findings, DraftText part, List<PhraseMatch> claims, Evidence evidence) {
		for (PhraseMatch claim : claims) {
			if (!(evidence.supports(claim) && evidence.hasNumberAfter(part.text(), claim))
					&& !isPartOfShare(claim, claims, evidence)) {
				findings.add(finding(part, claim));
			}
		}
	}

	/** "A quarter of the price is on us" is a discount, and no promise of its own. */
	private static boolean isPartOfShare(PhraseMatch claim, List<PhraseMatch> claims, Evidence evidence) {
		return claim.section().equals("promise shipping") && claims.stream()
			.anyMatch((share) -> share.section().startsWith("share") && evidence.supports(share)
					&& Math.max(share.start(), claim.start()) - Math.min(share.end(), claim.end()) < SAME_CLAUSE);
	}

	private static Finding finding(DraftText part, PhraseMatch claim) {
		String said = part.text().substring(claim.start(), claim.end());
		String where = part.where();
		return switch (claim.section().substring(0, claim.section().indexOf(' '))) {
			case "urgency" -> new Finding("fact", "urgency_unfounded", Severity.WARNING, where,
					"creates urgency without evidence: '" + said + "'");
			case "promise" -> new Finding("fact", "promise_unfounded", Severity.WARNING, where,
					"makes a promise without evidence: '" + said + "'");
			case "note" -> new Finding("slot", "slot_unfilled", Severity.BLOCKING, where,
					"contains a note of the author or a text to replace: '" + said + "'");
			case "share" -> new Finding("fact", "percent_unknown", Severity.SEVERE, where,
					"compares prices without evidence: '" + said + "'");
			case "personal" -> new Finding("pii", "pii.sensitive", Severity.SEVERE, where,
					"speaks of the recipient's private life or data");
			default -> new Finding("fact", "claim_unproven", Severity.SEVERE, where,
					"makes a claim about health or income without evidence: '" + said + "'");
		};
	}

	/** The claims of the approved template and of declared facts, and their numbers. */
	private record Evidence(Set<String> sections, Set<BigDecimal> numbers, List<BigDecimal> percentages,
			boolean endSoon) {

		/** A third is 33.33 percent. */
		private static final BigDecimal TOLERANCE = new BigDecimal("0.7");

		static Evidence of(InspectionRequest request) {
			TextTokens tokens = TextTokens.of(request.authored());
			Set<String> sections = new HashSet<>();
			CLAIMS.find(tokens).forEach((claim) -> sections.add(claim.section()));
			Set<BigDecimal> numbers = new HashSet<>();
			for (int at = 0; at < tokens.size(); at++) {
				SpelledNumbers.ReadNumber number = SpelledNumbers.read(tokens, at);
				if (number != null) {
					numbers.add(number.value().stripTrailingZeros());
				}
			}
			return new Evidence(sections, numbers, percentages(request), request.declared().endSoon(request.today()));
		}

		private static List<BigDecimal> percentages(InspectionRequest request) {
			return AmountCheck.allowedPercentages(request);
		}

		/**
		 * Whether the number directly behind a claim, if there is one, is a known one.
		 */
		boolean hasNumberAfter(String text, PhraseMatch claim) {
			TextTokens behind = TextTokens
				.of(text.substring(claim.end(), Math.min(text.length(), claim.end() + NUMBER_DISTANCE)));
			SpelledNumbers.ReadNumber number = (behind.size() > 0 && claim.section().startsWith("promise"))
					? SpelledNumbers.read(behind, 0) : null;
			return number == null || this.numbers.contains(number.value().stripTrailingZeros());
		}

		boolean supports(PhraseMatch claim) {
			if (claim.section().startsWith("share ")) {
				BigDecimal share = new BigDecimal(claim.section().substring(6));
				return this.sections.contains(claim.section()) || this.percentages.stream()
					.anyMatch((known) -> known.subtract(share).abs().compareTo(TOLERANCE) < 0);
			}
			return (this.endSoon && claim.section().equals("urgency time"))
					|| (this.sections.contains(claim.section()) && claim.numbers()
						.stream()
						.allMatch((number) -> this.numbers.contains(number.stripTrailingZeros())));
		}

	}

}
