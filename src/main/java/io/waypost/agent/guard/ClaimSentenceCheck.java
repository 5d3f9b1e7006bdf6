package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.waypost.agent.claim.ClaimClassifier;
import io.waypost.agent.claim.ClaimClassifier.SentenceClaim;
import io.waypost.agent.claim.ClaimKind;
import io.waypost.agent.phrase.SentenceSplitter;
import io.waypost.agent.phrase.SentenceSplitter.TextSentence;
import io.waypost.agent.phrase.SpelledNumbers;
import io.waypost.agent.phrase.TextTokens;
import org.jspecify.annotations.Nullable;

/**
 * Finds claims in wordings that no phrase has, sentence by sentence, with a classifier. A
 * sentence with a phrase is left to {@link ParaphraseCheck}. A claim is allowed when a
 * sentence of the facts makes one of the same kind with its numbers and on its topic.
 */
final class ClaimSentenceCheck implements ContentCheck {

	private static final int STEM = 5;

	private static final int LONGEST_QUOTE = 80;

	private final ClaimClassifier classifier = new ClaimClassifier();

	@Override
	public List<Finding> inspect(InspectionRequest request) {
		List<Finding> findings = new ArrayList<>();
		List<String> names = request.allowedNames();
		String language = request.locale().getLanguage();
		List<ClaimedFact> facts = null;
		for (DraftText part : DraftText.of(request.draft())) {
			for (TextSentence sentence : SentenceSplitter.split(part.text())) {
				String own = new DraftText(part.where(), sentence.text()).without(names).text();
				SentenceClaim claim = this.classifier.classify(own, language);
				if (claim != null && !isJudgedElsewhere(own, claim, request)) {
					facts = (facts != null) ? facts : facts(request, language);
					if (!isAllowed(own, claim.kind(), facts, request)) {
						findings.add(finding(part.where(), sentence.text().strip(), claim));
					}
				}
			}
		}
		return findings;
	}

	/**
	 * A phrase decides for itself; amounts and shares of prices have checks of their own.
	 */
	private static boolean isJudgedElsewhere(String sentence, SentenceClaim claim, InspectionRequest request) {
		return !ParaphraseCheck.CLAIMS.find(TextTokens.of(sentence)).isEmpty()
				|| ((!claim.certain() || claim.kind() == ClaimKind.INCOME)
						&& AmountCheck.isIn(sentence, request.locale()));
	}

	private static boolean isAllowed(String sentence, ClaimKind kind, List<ClaimedFact> facts,
			InspectionRequest request) {
		if (kind == ClaimKind.URGENCY && request.declared().endSoon(request.today())) {
			return true;
		}
		ClaimedFact own = ClaimedFact.of(sentence, kind);
		return facts.stream().anyMatch((fact) -> fact.carries(own));
	}

	/** The sentences of the approved template and of declared facts that make a claim. */
	private List<ClaimedFact> facts(InspectionRequest request, String language) {
		List<ClaimedFact> facts = new ArrayList<>();
		for (TextSentence sentence : SentenceSplitter.split(request.authored())) {
			SentenceClaim claim = this.classifier.classify(sentence.text(), language);
			ParaphraseCheck.CLAIMS.find(TextTokens.of(sentence.text()))
				.forEach((phrase) -> facts.add(ClaimedFact.of(sentence.text(), kind(phrase.section()))));
			facts.add(ClaimedFact.of(sentence.text(), (claim != null) ? claim.kind() : null));
		}
		return facts;
	}

	private static @Nullable ClaimKind kind(String section) {
		return switch (section) {
			case "promise superlative", "promise price" -> ClaimKind.SUPERLATIVE;
			case "health income" -> ClaimKind.INCOME;
			case "health health" -> ClaimKind.HEALTH;
			default -> section.startsWith("urgency ") ? ClaimKind.URGENCY
					: section.startsWith("promise ") ? ClaimKind.PROMISE : null;
		};
	}

	private static Finding finding(String where, String sentence, SentenceClaim claim) {
		String said = (sentence.length() <= LONGEST_QUOTE) ? sentence : sentence.substring(0, LONGEST_QUOTE) + '…';
		String likely = claim.certain() ? "makes" : "probably makes";
		return switch (claim.kind()) {
			case URGENCY ->
				new Finding("fact", "urgency_unfounded", Severity.WARNING, where, "%s urgency without evidence: '%s'"
					.formatted(claim.certain() ? "creates" : "probably creates", said));
			case PROMISE, SUPERLATIVE -> new Finding("fact", "promise_unfounded", Severity.WARNING, where,
					"%s a promise without evidence: '%s'".formatted(likely, said));
			case HEALTH, INCOME ->
				new Finding("fact", "claim_unproven", claim.certain() ? Severity.SEVERE : Severity.WARNING, where,
						"%s a claim about health or income without evidence: '%s'".formatted(likely, said));
		};
	}

	/**
	 * A sentence of the facts, or one to compare with them.
	 *
	 * @param kind its claim, null for none
	 * @param numbers its numbers
	 * @param stems beginnings of its longer words
	 */
	private record ClaimedFact(@Nullable ClaimKind kind, Set<BigDecimal> numbers, Set<String> stems) {

		static ClaimedFact of(String sentence, @Nullable ClaimKind kind) {
			TextTokens tokens = TextTokens.of(sentence);
			Set<BigDecimal> numbers = new HashSet<>();
			Set<String> stems = new HashSet<>();
			for (int at = 0; at < tokens.size(); at++) {
				SpelledNumbers.ReadNumber number = SpelledNumbers.read(tokens, at);
				if (number != null) {
					numbers.add(number.value().stripTrailingZeros());
				}
				else if (tokens.word(at).length() >= STEM) {
					stems.add(tokens.word(at).substring(0, STEM));
				}
			}
			return new ClaimedFact(kind, numbers, stems);
		}

		/** Whether a claim says no more than this fact. */
		boolean carries(ClaimedFact claim) {
			if (!this.numbers.containsAll(claim.numbers())) {
				return false;
			}
			long shared = claim.stems().stream().filter(this.stems::contains).count();
			boolean sameWords = !claim.stems().isEmpty() && shared == claim.stems().size();
			return sameWords || (this.kind == claim.kind() && (shared > 0 || !claim.numbers().isEmpty()));
		}

	}

}
