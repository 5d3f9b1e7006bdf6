package io.waypost.agent.write;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.waypost.agent.ShopFixture;
import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.agent.guard.ContentInspector;
import io.waypost.agent.guard.Finding;
import io.waypost.agent.guard.InspectionRequest;
import io.waypost.agent.plan.OfferFacts;
import io.waypost.content.DraftBlock;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.fact.BrandFacts;
import io.waypost.content.fact.Offer;
import io.waypost.content.TemplateCopy;
import io.waypost.feature.LifecycleStage;
import io.waypost.kernel.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the writer says about an offer, and what the guardrail accepts of it. */
class OfferPhrasesTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

	private static final Offer SEEDS = offer(BigDecimal.valueOf(20), null, LocalDate.of(2026, 12, 6), "SEEDS20");

	private final RuleBasedWriter writer = new RuleBasedWriter(new DraftScorer());

	private final ContentInspector inspector = new ContentInspector(new EmailRenderer()::legalElements);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			en-GB | 20% off seeds until Sunday 6 December
			en-US | 20% off seeds until Sunday, December 6
			de-DE | 20\u00a0% Rabatt auf Saatgut bis Sonntag, 6. Dezember
			fr-FR | 20\u00a0% de remise sur les graines jusqu’au dimanche 6 décembre
			""")
	void saysPercentScopeAndLastDay(String locale, String expected) {
		assertThat(OfferPhrases.of(SEEDS, Locale.forLanguageTag(locale)).get("offer")).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			en-GB | 5 | €5 off seeds
			de-DE | 5 | 5\u00a0€ Rabatt auf Saatgut
			fr-FR | 7.50 | 7,50\u00a0€ de remise sur les graines
			""")
	void saysAmounts(String locale, String amount, String expected) {
		Offer offer = offer(null, Money.of(amount, "EUR"), null, null);
		assertThat(OfferPhrases.of(offer, Locale.forLanguageTag(locale)).get("offer")).isEqualTo(expected);
	}

	@Test
	void writesTheFirstDayOfAMonthInFrench() {
		assertThat(OfferPhrases.date(LocalDate.of(2026, 12, 1), Locale.FRANCE)).isEqualTo("mardi 1er décembre");
	}

	@Test
	void namesNoScopeOfAnotherLanguage() {
		Offer englishOnly = new Offer("seeds", 1, new Offer.OfferScope("Seeds", List.of()), BigDecimal.TEN, null, null,
				null, null, null, Map.of("en", "seeds"), Map.of());
		assertThat(OfferPhrases.of(englishOnly, Locale.GERMANY).get("offer"))
			.isEqualTo("10\u00a0% Rabatt auf ausgewählte Produkte");
	}

	@ParameterizedTest
	@ValueSource(strings = { "en-GB", "en-US", "de-DE", "fr-FR" })
	void theGuardrailAcceptsWhatTheWriterSays(String tag) {
		for (Offer offer : List.of(SEEDS, offer(null, Money.of("7.50", "EUR"), LocalDate.of(2026, 12, 1), null),
				offer(new BigDecimal("12.5"), null, null, null))) {
			for (long seed = 1; seed <= 60; seed++) {
				EmailDraft draft = draft(offer, Locale.forLanguageTag(tag), seed);
				assertThat(findings(draft, offer)).as("%s", draft).isEmpty();
				Map<String, String> phrases = OfferPhrases.of(offer, Locale.forLanguageTag(tag));
				assertThat(frame(draft)).as("%s", draft)
					.isEqualTo(new DraftBlock.OfferBox(phrases.getOrDefault("offer_short", ""),
							phrases.get("offer_until"), phrases.get("offer_code"), phrases.get("offer_terms")));
			}
		}
	}

	@Test
	void tellsCodeAndTerms() {
		assertThat(frame(draft(SEEDS, Locale.UK, 3)).texts()).contains("SEEDS20", "Not for gift cards.");
	}

	@Test
	void theGuardrailRefusesAnotherDiscount() {
		EmailDraft draft = draft(SEEDS, Locale.UK, 0);
		Offer other = offer(BigDecimal.valueOf(25), null, LocalDate.of(2026, 12, 6), "SEEDS20");
		assertThat(findings(draft, other)).extracting(Finding::code).contains("percent_unknown");
		assertThat(findings(draft, null)).extracting(Finding::code).contains("percent_unknown");
	}

	@Test
	void announcesTheOfferBesideTextsOfATemplate() {
		DraftRequest request = request(SEEDS, Locale.UK, 0,
				new TemplateCopy("By hand", null, null, List.of("One."), null));
		EmailDraft draft = this.writer.write(request).draft();
		assertThat(draft.paragraphs()).containsExactly("One.");
		assertThat(frame(draft).texts()).startsWith("20% off seeds", "Sunday 6 December");
	}

	@Test
	void doesNotAnnounceTheOfferTwice() {
		DraftRequest request = request(SEEDS, Locale.UK, 0,
				new TemplateCopy("By hand", null, null, List.of("Now 20% off seeds."), null));
		assertThat(this.writer.write(request).draft().body())
			.noneMatch((block) -> block instanceof DraftBlock.OfferBox);
	}

	private static DraftBlock frame(EmailDraft draft) {
		return draft.body().stream().filter(DraftBlock.OfferBox.class::isInstance).findFirst().orElseThrow();
	}

	private EmailDraft draft(Offer offer, Locale locale, long seed) {
		return this.writer.write(request(offer, locale, seed, null)).draft();
	}

	private static DraftRequest request(Offer offer, Locale locale, long seed, TemplateCopy authored) {
		ContentFacts facts = new ContentFacts(ShopFixture.BRAND.senderName(), ShopFixture.BRAND.siteUrl(), null,
				List.of(), false, null, 0, Map.of(), offer, BrandFacts.NONE);
		return new DraftRequest("sale", LifecycleStage.ACTIVE, "news", locale, facts, seed, 1, authored);
	}

	private List<Finding> findings(EmailDraft draft, Offer offer) {
		return this.inspector
			.inspect(new InspectionRequest(draft, ShopFixture.BRAND, Map.of(), Map.of(), ShopFixture.names(), List.of(),
					"", Map.of(), OfferFacts.declared(offer), TODAY))
			.findings();
	}

	private static Offer offer(BigDecimal percent, Money amount, LocalDate until, String code) {
		return new Offer("seeds", 1, new Offer.OfferScope("Seeds", List.of()), percent, amount, code, null, until, null,
				Map.of("en", "seeds", "de", "Saatgut", "fr", "les graines"), Map.of("en", "Not for gift cards."));
	}

}
