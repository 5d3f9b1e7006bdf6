package io.waypost.agent.guard;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.waypost.agent.ShopFixture;
import io.waypost.agent.phrase.CaseFolding;
import io.waypost.content.EmailDraft;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Claims in upper and lower case, with characters that fold to other letters. */
class ParaphraseCheckTests {

	private static final List<String> CLAIMS = List.of("last chance", "hurry", "only 3 left", "selling fast",
			"don’t miss out", "letzte chance", "läuft heute ab", "beeile dich", "dépêchez-vous", "bientôt épuisé",
			"money-back", "risk-free", "lowest price", "geld-zurück", "bestpreis", "satisfait ou remboursé",
			"sans risque", "kostenloser versand");

	/** The characters that fold to each lower-case letter. */
	private static final Map<Character, List<Character>> DISGUISES = IntStream.range(0, Character.MIN_SURROGATE)
		.filter(Character::isLetter)
		.mapToObj((letter) -> (char) letter)
		.collect(Collectors.groupingBy((letter) -> CaseFolding.of(letter.toString()).charAt(0)));

	private final ParaphraseCheck check = new ParaphraseCheck();

	@ParameterizedTest
	@ValueSource(strings = { "LAST CHANCE", "La\u017ft chance", "RISK-FREE", "Ri\u017f\u212a-free", "LÄUFT HEUTE AB",
			"HURRY", "L\u0130M\u0131TED TIME", "BIENTÔT ÉPUISÉ", "bientot epuise" })
	void findsClaimsInAnyCaseAndQuotesThemUnchanged(String claim) {
		assertThat(details("Well: " + claim + "!")).singleElement().asString().endsWith(": '" + claim + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "14 people are looking at it", "Seven left in stock", "90 Tage Zeit zum Testen",
			"30 jours pour changer", "In 24 Stunden geliefert", "Three times cheaper" })
	void findsClaimsThatBeginWithANumber(String claim) {
		assertThat(details("Well: " + claim + ".")).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Enjoy the ride", "10 ans d'expérience", "Von Anfang an dabei" })
	void findsNoClaimOfAnotherLanguage(String text) {
		assertThat(details(text)).isEmpty();
	}

	/** The lower case of a capital I with a dot has two characters. */
	@Test
	void quotesClaimsAfterCharactersThatFoldingLengthens() {
		assertThat(details("\u0130\u0130\u0130 Hurry up")).singleElement().asString().endsWith(": 'Hurry'");
	}

	@Test
	void allowsClaimsOfTheTemplateInAnotherCase() {
		assertThat(this.check.inspect(inspection("LAST CHANCE", "The la\u017ft chance"))).isEmpty();
	}

	@Test
	void allowsAClaimOnTheTopicOfAFactWithItsNumbers() {
		String fact = "Send it back within 100 days.";
		assertThat(this.check.inspect(inspection("You can return it within a hundred days.", fact))).isEmpty();
		assertThat(this.check.inspect(inspection("You can return it within 200 days.", fact))).isNotEmpty();
		assertThat(this.check.inspect(inspection("Delivery is free.", fact))).isNotEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "urgency_unfounded | Once they have gone, they are gone for good.",
			"urgency_unfounded | Wer zögert, geht leer aus.", "urgency_unfounded | Il n’en reste plus que trois.",
			"promise_unfounded | Not happy? You get every cent back, no questions asked.",
			"promise_unfounded | Der Versand geht auf uns.", "promise_unfounded | Les frais de port sont offerts.",
			"claim_unproven | It relieves back pain.", "claim_unproven | Senkt nachweislich den Blutdruck.",
			"claim_unproven | Gagnez un complément de revenu.", "percent_unknown | All for half the price.",
			"percent_unknown | Drei zum Preis von zwei.", "percent_unknown | Deux pour le prix d’un.",
			"slot_unfilled | Insert the product name here", "pii.sensitive | Since your divorce we thought of you." })
	void findsParaphrases(String code, String text) {
		assertThat(this.check.inspect(inspection(text, ""))).extracting(Finding::code).contains(code);
	}

	/** Sentences that use the same words for something else. */
	@ParameterizedTest
	@ValueSource(strings = { "No rush, take your time.", "You left the bag in your basket; it is still there.",
			"First wipe it with a dry cloth, then rub in a little oil.",
			"A mug with a past: second-hand look, first-rate glaze.", "Feel free to write to us.",
			"Your last bag may be getting light.", "We count the stock on Friday.", "The boots did well in the mud.",
			"Wool keeps its shape, cotton is easier to wash.", "Die Bürste kommt in jede Ecke.",
			"Staub abwischen, Öl dünn auftragen, Rest abnehmen.", "Nehmen Sie den Deckel ab und spülen Sie ihn.",
			"Lass dir ruhig Zeit.", "Wir schreiben dir, wenn es etwas gibt.", "La couverture Alba est la dernière née.",
			"Prends ton temps.", "Une planche à pain et un couteau.", "Elle compte beaucoup pour nous." })
	void findsNothingInOrdinarySentences(String text) {
		assertThat(this.check.inspect(inspection(text, ""))).isEmpty();
	}

	@Property
	void findsEveryDisguise(@ForAll("disguised") String claim) {
		assertThat(details("So – " + claim + ".")).anySatisfy((detail) -> assertThat(detail).contains(claim));
	}

	@Provide
	Arbitrary<String> disguised() {
		return Arbitraries.of(CLAIMS)
			.flatMap((claim) -> Combinators
				.combine(claim.chars()
					.mapToObj((letter) -> (char) letter)
					.map((letter) -> Arbitraries.of(DISGUISES.getOrDefault(letter, List.of(letter))))
					.toList())
				.as((letters) -> letters.stream().map(String::valueOf).collect(Collectors.joining())));
	}

	private List<String> details(String text) {
		return this.check.inspect(inspection(text, "")).stream().map(Finding::detail).toList();
	}

	private static InspectionRequest inspection(String text, String authored) {
		EmailDraft draft = new EmailDraft("en-GB", "A subject", "Preview", "Headline", List.of(text), List.of(),
				new EmailDraft.CallToAction("Look", "https://hearth.example"), null);
		return new InspectionRequest(draft, ShopFixture.BRAND, Map.of(), Map.of(), ShopFixture.names(), List.of(),
				authored, Map.of(), LocalDate.of(2026, 11, 21));
	}

}
