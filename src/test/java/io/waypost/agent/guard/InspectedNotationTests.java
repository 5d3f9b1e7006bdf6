package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.ShopFixture;
import io.waypost.agent.guard.InspectionRequest.PersonalValue;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Notations of amounts, dates, placeholders, links, names and people in three languages.
 */
class InspectedNotationTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

	private static final DeclaredFacts OFFER = new DeclaredFacts(
			List.of(new DeclaredFacts.DeclaredOffer("Garden days", new BigDecimal("25"), new BigDecimal("7.50"), null,
					TODAY, LocalDate.of(2026, 12, 19), "https://hearth.example/offers/garden")),
			Set.of(LocalDate.of(2026, 12, 24), LocalDate.of(2026, 9, 14)));

	private final ContentInspector inspector = new ContentInspector(new EmailRenderer()::legalElements);

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "en|You pay nineteen euros.|price_unknown",
			"en|Just 99 cents each.|price_unknown", "en|Spend 60 and save.|price_unknown",
			"en|We knock a tenner off.|price_unknown", "de|Statt 89,95 jetzt 59,95.|price_unknown",
			"de|Jetzt für 19,-.|price_unknown", "de|Sie sparen zwölf Euro.|price_unknown",
			"fr|Vous gagnez 8 € 50.|price_unknown", "fr|Pour dix-neuf euros.|price_unknown",
			"de|Dreißig Prozent weniger.|percent_unknown", "en|Now thirty-five per cent less.|percent_unknown",
			"fr|Moins 40 % partout.|percent_unknown", "en|Until 2026/12/20.|date_unknown",
			"en|Join us on Fri, Dec 4th.|date_unknown", "en|Come on the second of February.|date_unknown",
			"en|It ended on 21 November.|date_past", "de|Merken Sie sich den 17.12. vor.|date_unknown",
			"de|Der Kurs begann am ersten Oktober.|date_past", "de|Am Fr., 19. Dezember.|weekday_wrong",
			"fr|Jusqu'au 20/12.|date_unknown", "fr|Le 19 décembre, un mardi.|weekday_wrong",
			"en|Valid through spring 2025.|date_past", "en|Until the 25th of last month.|date_past",
			"en|See shop.cloud/x for more.|link_host", "en|Get it from winter.zip today.|link_host",
			"en|Go to evil dot com.|link_host", "fr|Allez sur ｗｗｗ.ｂｏｕｔｉｑｕｅ.fr/x.|link_host",
			"de|Mehr auf müller-töpfe.de.|link_malformed", "en|Details on https://hearth.example/secret.|link_unknown",
			"en|Look at HEARTH.EXAMPLE/WHOLESALE.|link_unknown", "en|Shop {category} now.|slot_unfilled",
			"en|Hi <NAME>, hello.|slot_unfilled", "de|Das ist ##farbe##.|slot_unfilled",
			"fr|Chère [Prénom], bonjour.|slot_unfilled", "en|Hello $first_name, hello.|slot_unfilled",
			"en|Hi *FNAME*.|slot_unfilled", "en|As a <%= segment %> customer.|slot_unfilled",
			"en|It comes in XXX colours.|slot_unfilled", "fr|À COMPLÉTER : une phrase.|slot_unfilled",
			"en|Pair it with our Solveig floor lamp.|name_unknown",
			"en|The new Harrow & Finch teapot is in.|name_unknown", "de|Neu dabei: der Hocker Balder.|name_unknown",
			"fr|Voici la lampe Margot.|name_unknown", "en|The walnut cutting board goes well with it.|product_unknown",
			"en|Mrs Roth will come.|pii.person", "en|It goes to 14 Marlowe Road, Leeds LS6 2BT.|pii.person",
			"de|Es geht an die Lindenstraße 8, 50674 Köln.|pii.person",
			"fr|Votre colis part au 27 rue des Lilas.|pii.person", "en|For sarah, 42, from Leeds.|pii.person",
			"de|Geboren am 3.5.1979?|pii.person", "en|Your neighbour Peter Jones has it.|pii.person",
			"en|Dear LINDQVIST, hello.|pii.recipient", "en|Dear lindqvist, hello.|pii.recipient" })
	void findsWhatNoFactCarries(String language, String text, String code) {
		assertThat(inspect(language, text.replace("*FNAME*", "*|FNAME|*"), DeclaredFacts.NONE))
			.extracting(Finding::code)
			.contains(code);
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil\u2024com/x", "evil\uff0ecom/x", "evil\u3002com/x", "evil\uff61com", "evil\u06d4com",
			"localhost:8080/x", "localhost/x", "0x7f000001/x", "0x7f000001", "2130706433/x", "0x7f.0.0.1/x",
			"127.0.0.1/x", "127.0.0.1:8080" })
	void findsHostsInEverySpelling(String host) {
		for (String text : List.of("Log in at %s today.", "%s", "(%s)")) {
			assertThat(inspect("en", text.formatted(host), DeclaredFacts.NONE)).as(text.formatted(host))
				.extracting(Finding::code)
				.anyMatch((code) -> code.startsWith("link_"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "+49 151 12345678",
			"\uff0b\uff14\uff19 \uff11\uff15\uff11 \uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
			"+\u0664\u0669 \u0661\u0665\u0661 \u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668",
			"+\u096a\u096f \u0967\u096b\u0967 \u0967\u0968\u0969\u096a\u096b\u096c\u096d\u096e",
			"+\ud835\udfd2\ud835\udfd7 151 12345678" })
	void findsTelephoneNumbersInEveryDigits(String number) {
		assertThat(inspect("en", "Call %s now.".formatted(number), DeclaredFacts.NONE)).as(number)
			.extracting(Finding::code)
			.contains("pii.phone");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cheap", "CHEAP", "\u0441heap", "\u0441h\u0435\u0430\u0440", "CHE\u0391\u03a1",
			"che\u200bap", "che-ap", "che\u00adap", "che\u2011ap", "c.h.e.a.p", "\uff43\uff48\uff45\uff41\uff50",
			"c\u0336heap", "\ud835\udc1c\ud835\udc21\ud835\udc1e\ud835\udc1a\ud835\udc29" })
	void findsForbiddenWordsInEverySpelling(String word) {
		assertThat(inspect("en", "It is " + word + "!", DeclaredFacts.NONE)).as(word)
			.extracting(Finding::code)
			.contains("word_forbidden");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Your order 12345678 is on its way.", "We ship in 2-3 days.", "Localhost is a word.",
			"It costs 1.250.000 points.", "The sea is shallow." })
	void findsNeitherHostsNorForbiddenWordsInOrdinaryText(String text) {
		assertThat(inspect("en", text, DeclaredFacts.NONE)).extracting(Finding::code)
			.noneMatch((code) -> code.startsWith("link_") || code.equals("word_forbidden"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "en|Take a quarter off, twenty-five percent.",
			"en|Save €7,50 until Sat 19 Dec.", "de|Ein Viertel des Preises, bis Samstag, den 19. Dezember 2026.",
			"de|Sie sparen 7,50 Euro bis zum 19.12.", "fr|Un quart en moins jusqu'au 19 déc.",
			"fr|Le jeudi 24 décembre, l'atelier est fermé.", "en|We opened on Sept. 14, 2026.",
			"en|See https://www.hearth.example/offers/garden for the rest.",
			"en|May is our favourite month, and so is March.", "en|Meet Mark, who binds our notebooks.",
			"en|He is our first reader of the day.", "de|Der März-Kurs war ein schöner Anfang.",
			"en|The end.So we begin again.", "en|It works 24/7, e.g. at night.", "en|1. Dust it. 2. Rub in the oil.",
			"fr|Un sac, deux poches, c'est tout.", "de|Guten Tag, schauen Sie sich die Farben in Ruhe an." })
	void allowsWhatFactsCarryAndOrdinarySentences(String language, String text) {
		assertThat(inspect(language, text, OFFER)).isEmpty();
	}

	@Test
	void doesNotTakeAnOrdinaryWordForARecipientsName() {
		assertThat(inspect("en", "The baker will mark the date.", DeclaredFacts.NONE,
				new PersonalValue("lastName", "Baker"), new PersonalValue("firstName", "Mark")))
			.isEmpty();
		assertThat(inspect("en", "We have WU on file.", DeclaredFacts.NONE, new PersonalValue("lastName", "Wu")))
			.extracting(Finding::code)
			.containsExactly("pii.recipient");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{{{{{{{{", "((((((((((((((((((((((", "at at at at dot dot dot", "<<<<<<<<<<<<<<<<<<<<" })
	void readsLongTextsInLinearTime(String piece) {
		long start = System.nanoTime();
		inspect("en", piece.repeat(2_000), DeclaredFacts.NONE);
		assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
	}

	private List<Finding> inspect(String language, String text, DeclaredFacts declared, PersonalValue... person) {
		EmailDraft draft = new EmailDraft(language, "A subject of a good length", "Preview", "Headline", List.of(text),
				List.of(), new EmailDraft.CallToAction("Look", "https://hearth.example"), null);
		List<PersonalValue> values = (person.length > 0) ? List.of(person)
				: List.of(new PersonalValue("lastName", "Lindqvist"));
		return this.inspector
			.inspect(new InspectionRequest(draft, ShopFixture.BRAND, Map.of(), Map.of(), ShopFixture.names(), values,
					"", Map.of(), declared, TODAY))
			.findings();
	}

}
