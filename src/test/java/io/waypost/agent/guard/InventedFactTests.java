package io.waypost.agent.guard;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.agent.ShopFixture;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Products, amounts, numbers, days, placeholders and personal data that only their form
 * gives away, in three languages. The current date is a Monday.
 */
class InventedFactTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

	private final ContentInspector inspector = new ContentInspector(new EmailRenderer()::legalElements);

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "en|Discover the Nimbus.|name_unknown",
			"en|Our new Solveig keeps coffee warm.|name_unknown", "en|It stays warm in an Aurelio Pro.|name_unknown",
			"en|The KX-200 grinds in silence.|name_unknown", "en|Soup is better with Trovadora.|name_unknown",
			"de|Unser neuer Nimbus ist da.|name_unknown", "de|Den Nimbus gibt es in Blau.|name_unknown",
			"de|Mit Aurelio Pro bleibt er warm.|name_unknown", "de|Die KX-200 mahlt leise.|name_unknown",
			"fr|Notre nouveau Nimbus est là.|name_unknown", "fr|La KX-200 moud en silence.|name_unknown",
			"en|Half price on all lamps.|percent_unknown", "en|A third off all lamps.|percent_unknown",
			"en|Prices from 19.|price_unknown", "en|All under 20 pounds.|price_unknown",
			"de|Alles um die Hälfte reduziert.|percent_unknown", "de|Zwei zum Preis von einem.|percent_unknown",
			"de|Preise ab 19.|price_unknown", "de|Jetzt unter 20 Euro.|price_unknown",
			"fr|Deux fois moins cher qu'ailleurs.|percent_unknown", "fr|À partir de 19.|price_unknown",
			"en|Over 3,000 customers use it.|number_unknown", "en|Thousands of families have one.|number_unknown",
			"de|Mehr als zweitausend Kunden haben ihn.|number_unknown",
			"fr|Plus de 3 000 clients ont le leur.|number_unknown", "fr|Noté par 1 200 avis.|number_unknown",
			"en|The sale ends this Friday.|date_unknown", "en|Only by Sunday.|date_unknown",
			"en|The offer is over in three days.|date_unknown", "en|Valid until the end of the month.|date_unknown",
			"de|Gilt bis Monatsende.|date_unknown", "de|Die Aktion endet in drei Tagen.|date_unknown",
			"de|Nur bis Freitag.|date_unknown", "fr|Jusqu'à vendredi.|date_unknown",
			"fr|L'offre se termine dans trois jours.|date_unknown", "fr|Valable jusqu'à la fin du mois.|date_unknown",
			"en|Order #104922 is packed.|pii.reference", "en|Your order number 4711-2208 is ready.|pii.reference",
			"de|Kundennummer: 99812345|pii.reference", "de|Ihre Bestellnummer 4711-2208 liegt bereit.|pii.reference",
			"fr|Votre commande n° 104922 est prête.|pii.reference", "en|Happy 40th birthday!|pii.person",
			"de|Alles Gute zum 50. Geburtstag!|pii.person", "en|Your birthday is on 3 May.|pii.person",
			"de|Familie Kröger hat es auch.|pii.person", "en|She lives in Mill Lane.|pii.person",
			"de|Er wohnt in der Goethestraße.|pii.person", "fr|Vous habitez rue des Lilas.|pii.person",
			"en|Hello $(name), hi.|slot_unfilled", "en|Hello &&NAME&&, hi.|slot_unfilled",
			"en|Hello !!name!!, hi.|slot_unfilled", "en|Hello (First name), hi.|slot_unfilled",
			"de|Hallo (Vorname), hier.|slot_unfilled", "fr|Bonjour (prénom), voici.|slot_unfilled",
			"en|Hello =name=, hi.|slot_unfilled", "en|Dear ????, hi.|slot_unfilled",
			"en|Hello Firstname, hi.|slot_unfilled" })
	void findsWhatNoFactCarries(String language, String text, String code) {
		assertThat(inspect(language, text, "", DeclaredFacts.NONE)).extracting(Finding::code).contains(code);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "en|Two of our readers asked about it.", "en|We open on Fridays from 9.",
			"en|In two weeks the seeds come up.", "en|Step 2: stir for 20 minutes.",
			"en|It takes A4 paper and 350ML jars.", "en|Ruth and Jon opened the mill in Leeds.",
			"en|In 1998 the mill had one loom.", "en|Stir (gently) and wait!", "en|Thirty minutes in the oven.",
			"de|Unser neuer Katalog ist da.", "de|Die neuen Schalen sind aus Ton.", "de|Im Keller steht ein Regal.",
			"de|In zwei Wochen keimt die Saat.", "de|Freitags backen wir Brot.", "de|Mit Sorgfalt gemacht.",
			"fr|Notre nouveau catalogue est là.", "fr|Dans deux semaines, tout pousse.",
			"fr|Le vendredi, nous cuisons du pain.", "fr|Une cinquantaine de pages à lire.", "en|Your order is packed.",
			"de|Die Bestellung ist gepackt.", "en|Happy birthday to our shop!" })
	void findsNothingInOrdinarySentences(String language, String text) {
		assertThat(inspect(language, text, "", DeclaredFacts.NONE)).isEmpty();
	}

	@Test
	void allowsDaysOfADeclaredOffer() {
		DeclaredFacts offer = new DeclaredFacts(List.of(new DeclaredFacts.DeclaredOffer("Winter days",
				new BigDecimal("20"), null, null, TODAY, LocalDate.of(2026, 12, 4), null)), Set.of());
		assertThat(inspect("en", "Take 20 % off until Friday.", "", offer)).isEmpty();
		assertThat(inspect("de", "20 % weniger, bis Freitag.", "", offer)).isEmpty();
		assertThat(inspect("fr", "20 % de moins jusqu'à vendredi.", "", offer)).isEmpty();
		assertThat(inspect("en", "Take 20 % off until Saturday.", "", offer)).extracting(Finding::code)
			.containsExactly("date_unknown");
	}

	@Test
	void takesTheYearOfADeclaredDateForADateWithoutOne() {
		DeclaredFacts market = new DeclaredFacts(List.of(), Set.of(LocalDate.of(2027, 10, 31)));
		assertThat(inspect("en", "The market is on Sunday 31 October.", "", market)).isEmpty();
		assertThat(inspect("de", "Der Markt ist am Sonntag, dem 31. Oktober.", "", market)).isEmpty();
		assertThat(inspect("en", "The market is on Saturday 31 October.", "", market)).extracting(Finding::code)
			.containsExactly("weekday_wrong");
	}

	@Test
	void allowsNumbersAndNamesOfTheFacts() {
		String facts = "3,000 customers have a KX-200. Order number 4711-2208.";
		assertThat(inspect("fr", "Plus de 3 000 clients ont la KX-200.", facts, DeclaredFacts.NONE)).isEmpty();
		assertThat(inspect("en", "Order number 4711-2208 is packed.", facts, DeclaredFacts.NONE)).isEmpty();
		assertThat(inspect("en", "More than 4,000 customers have one.", facts, DeclaredFacts.NONE))
			.extracting(Finding::code)
			.containsExactly("number_unknown");
	}

	private List<Finding> inspect(String language, String text, String authored, DeclaredFacts declared) {
		EmailDraft draft = new EmailDraft(language, "A subject of a good length", "Preview", "Headline", List.of(text),
				List.of(), new EmailDraft.CallToAction("Look", "https://hearth.example"), null);
		return this.inspector
			.inspect(new InspectionRequest(draft, ShopFixture.BRAND, Map.of(), Map.of(), ShopFixture.names(), List.of(),
					authored, Map.of(), declared, TODAY))
			.findings();
	}

}
