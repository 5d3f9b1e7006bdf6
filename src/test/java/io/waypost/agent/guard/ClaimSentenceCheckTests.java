package io.waypost.agent.guard;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.ShopFixture;
import io.waypost.content.EmailDraft;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Claims in sentences without a phrase: severities, and facts that carry them. */
class ClaimSentenceCheckTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

	private final ClaimSentenceCheck check = new ClaimSentenceCheck();

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "en|urgency_unfounded|The shelf is getting emptier by the hour, so decide tonight.",
					"en|promise_unfounded|Whatever breaks, you simply get a new one from us.",
					"en|claim_unproven|Your knees will thank you: stiffness disappears within days.",
					"de|urgency_unfounded|Entscheide dich heute Abend, sonst sind sie verkauft.",
					"de|promise_unfounded|Sie zahlen erst, wenn es wirklich passt.",
					"fr|urgency_unfounded|Décidez ce soir, les dernières étagères se vident.",
					"fr|promise_unfounded|Vous ne paierez que si cela vous plaît vraiment." })
	void findsClaimsWithoutAPhrase(String language, String code, String text) {
		assertThat(new ParaphraseCheck().inspect(request(language, text, "", null))).isEmpty();
		assertThat(this.check.inspect(request(language, text, "", null))).singleElement()
			.satisfies((finding) -> assertThat(finding.code()).isEqualTo(code))
			.satisfies((finding) -> assertThat(finding.severity()).isGreaterThanOrEqualTo(Severity.WARNING));
	}

	@Test
	void leavesSentencesWithAPhraseToThePhrases() {
		String text = "Hurry, this is your last chance to order.";
		assertThat(new ParaphraseCheck().inspect(request("en", text, "", null))).isNotEmpty();
		assertThat(this.check.inspect(request("en", text, "", null))).isEmpty();
	}

	@Test
	void allowsAClaimThatAFactMakes() {
		String text = "Whatever breaks, you simply get a new one from us.";
		assertThat(this.check.inspect(request("en", text, "Whatever breaks: you get a new one at once.", null)))
			.isEmpty();
		assertThat(this.check.inspect(request("en", text, "Our mugs come in three colours.", null))).isNotEmpty();
	}

	@Test
	void doesNotAllowOtherNumbersThanThoseOfTheFact() {
		String fact = "Whatever breaks in 2 years, you get a new one.";
		assertThat(
				this.check.inspect(request("en", "Whatever breaks in 5 years, you simply get a new one.", fact, null)))
			.isNotEmpty();
		assertThat(this.check
			.inspect(request("en", "Whatever breaks in two years, you simply get a new one.", fact, null))).isEmpty();
	}

	@Test
	void allowsUrgencyInTheLastDaysOfAnOffer() {
		String text = "Entscheide dich heute Abend, sonst sind sie verkauft.";
		assertThat(this.check.inspect(request("de", text, "", TODAY.plusDays(1)))).isEmpty();
		assertThat(this.check.inspect(request("de", text, "", TODAY.plusDays(9)))).isNotEmpty();
	}

	@Test
	void ignoresNamesOfProducts() {
		String text = "Wool Blanket \"Nordlicht\" and Copper Kettle.";
		assertThat(this.check.inspect(request("en", text, "", null))).isEmpty();
	}

	private static InspectionRequest request(String language, String text, String authored, @Nullable LocalDate until) {
		EmailDraft draft = new EmailDraft(language, "A subject", "Preview", "Headline", List.of(text), List.of(),
				new EmailDraft.CallToAction("Look", "https://hearth.example"), null);
		DeclaredFacts declared = (until == null) ? DeclaredFacts.NONE : new DeclaredFacts(
				List.of(new DeclaredFacts.DeclaredOffer("Autumn", null, null, null, TODAY, until, null)), Set.of());
		return new InspectionRequest(draft, ShopFixture.BRAND, Map.of(), Map.of(), ShopFixture.names(), List.of(),
				authored, Map.of(), declared, TODAY);
	}

}
