package io.waypost.agent.evaluate;

import java.util.List;
import java.util.Locale;

import io.waypost.content.EmailDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DraftScorerTests {

	private static final String GOOD = "Hello,\nthe Tilda teapot is back in the shop. We have made the handle "
			+ "a little wider, so it stays cool when you pour. It holds one litre and costs €32. "
			+ "On our page you can see it beside the cups.";

	private final DraftScorer scorer = new DraftScorer();

	@Test
	void passesGoodCopy() {
		DraftScores scores = score("announcement", "The Tilda teapot is back", "With a wider handle", GOOD,
				"See the teapot");
		assertThat(scores.quality()).isGreaterThan(0.85);
		assertThat(scores.relevance()).isGreaterThan(0.85);
		assertThat(scores.parts()).filteredOn(DraftScores.ScorePart::limit).allMatch((part) -> part.value() >= 0.7);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					fluency | Tilda the back teapot shop in is the. Have handle we wider little made the a so cool you when it pour stays. Litre holds it and one costs €32.
					function_words | Tilda teapot shop handle. Wider handle cool pour litre. Teapot cups page price shop table. Green glaze handle, breakfast table, garden morning.
					spelling | The Tidla taepot is bcak in the shpo. We have mdae the hanlde a litle wder, so it styas cool when you puor.
					sentence_language | The Tilda teapot is back in the shop. Wir haben den Griff ein wenig breiter gemacht. It costs €32.
					capitals | The Tilda teapot is BACK IN THE SHOP and it costs €32. You can see it beside the cups.
					punctuation | The Tilda teapot is back in the shop!!! It costs €32. You can see it beside the cups.
					encoding | The Tilda teapot is back in the cafÃ© shop. It costs €32 &amp; you can see it beside the cups.
					sentence_ends | The Tilda teapot is back in the shop. We have made the handle a little wider, so
					repetition | The Tilda teapot is back in the shop. It costs €32. The Tilda teapot is back in the shop. It costs €32.
					longest_sentence | The Tilda teapot is back in the shop and we have made the handle a little wider and it stays cool when you pour and it holds one litre and it costs €32 and on our page you can see it beside the cups and you can order it.
					abuse | The Tilda teapot is back in the shop. Even you can use it, you 1d1ot. It costs €32.
					spam | The Tilda teapot is back in the shop. Act now and claim your cash prize. It costs €32.
					hype | The most amazing, incredible, breathtaking teapot of all time is back in the shop. It changes everything.
					reproach | The Tilda teapot is back in the shop. After all we have done for you, how could you forget us?
					jargon | Our agile stakeholders leverage a holistic teapot platform. It empowers a seamless pouring workflow for you.
					legal_language | The recipient is hereby notified that the aforementioned teapot shall be deemed back in the shop pursuant to this clause.
					register | yo dude, the Tilda teapot is lit. We remain your obedient servants and kindly ask you to see it.
					consistency | The Tilda teapot is back in the shop. It costs €32 and holds a litre. The Tilda teapot is no longer in the shop.
					""")
	void findsSpoiltCopy(String part, String text) {
		DraftScores scores = score("announcement", "The Tilda teapot is back", "With a wider handle", text,
				"See the teapot");
		assertThat(scores.quality()).as("%s", scores.parts()).isLessThan(0.7);
		assertThat(value(scores, part)).as("%s", scores.parts()).isLessThan(0.7);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			subject_honesty | RE: Your unpaid invoice | With a wider handle | See the teapot
			subject_repetition | Tilda & Sons: news from Tilda & Sons | With a wider handle | See the teapot
			preheader | The Tilda teapot is back | The teapot is back | See the teapot
			preheader | The Tilda teapot is back | '' | See the teapot
			button | The Tilda teapot is back | With a wider handle | Click here
			button | The Tilda teapot is back | With a wider handle | Get car insurance
			""")
	void findsSpoiltFrames(String part, String subject, String preheader, String button) {
		DraftScores scores = score("announcement", subject, preheader, GOOD, button);
		assertThat(scores.quality()).as("%s", scores.parts()).isLessThan(0.7);
		assertThat(value(scores, part)).as("%s", scores.parts()).isLessThan(0.7);
	}

	@Test
	void comparesCopyWithGoalAndSubject() {
		String news = "Hello,\nthe new Tilda teapot is here at last. It has arrived this week and is back in the shop.";
		assertThat(value(score("announcement", "New: the Tilda teapot is back", "Now in green", news, "See the teapot"),
				"goal_fit"))
			.isEqualTo(1);
		assertThat(value(score("cart", "New: the Tilda teapot is back", "Now in green", news, "See the teapot"),
				"goal_fit"))
			.isLessThan(0.6);
		assertThat(value(score("announcement", "Eight tulip bulbs for your balcony", "Plant them before Friday",
				GOOD.replace("Tilda ", ""), "See the teapot"), "subject_match"))
			.isLessThan(0.6);
		assertThat(score("announcement", "The Tilda teapot is back", "With a wider handle", GOOD
				+ "\n\nBond yields rose after the statement of the central bank. Analysts expect a quiet quarter for mining shares.",
				"See the teapot")
			.relevance()).isLessThan(0.6);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					en | Tilda teapot | Hello again | At every step we strive to be better, because excellence is our passion. Together we shape tomorrow, and your trust drives us forward every single day.
					en | Tilda teapot | Back on the shelf: a pot for four | The committee heard evidence on fishing quotas until noon. Witnesses from the ministry disagreed about the figures, and the vote was adjourned.
					de | Kanne Tilda | Wieder im Regal: Tee für vier | Der Ausschuss beriet bis zum Mittag über die Steuern. Zeugen aus dem Ministerium waren sich über die Zahlen nicht einig, die Abstimmung wurde verschoben.
					fr | Théière Tilda | De retour : du thé pour quatre | La commission a étudié les impôts jusqu'à midi. Les témoins du ministère n'étaient pas d'accord sur les chiffres et le vote a été reporté.
					""")
	void findsBodiesAboutSomethingElse(String language, String product, String subject, String text) {
		assertThat(value(scored(language, product, subject, text), "body_topic")).isLessThan(0.6);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					en | Tilda teapot | A pot for slow mornings | When the kettle sings, somebody has already set out the cups. Nobody says much before the second one, which is how breakfast should be.
					en | Tilda teapot | A pot for slow mornings | Your parcel leaves our warehouse tomorrow. You can send things back within thirty days, and the postage is on us.
					de | Teekanne Tilda | Tee für langsame Vormittage | Wenn der Kessel pfeift, stehen die Tassen schon auf dem Tisch. Vor der zweiten wird wenig gesprochen, so gehört sich das Frühstück.
					fr | Théière Tilda | Pour les matins lents | Quand la bouilloire chante, les tasses sont déjà sur la table. Avant la deuxième on parle peu, c'est ainsi qu'on prend le petit-déjeuner.
					""")
	void followsIndirectCopy(String language, String product, String subject, String text) {
		DraftScores scores = scored(language, product, subject, text);
		assertThat(value(scores, "body_topic")).as("%s", scores.parts()).isGreaterThanOrEqualTo(0.6);
		assertThat(value(scores, "paragraph_topic")).as("%s", scores.parts()).isEqualTo(1);
		assertThat(value(scores, "subject_match")).as("%s", scores.parts()).isGreaterThanOrEqualTo(0.6);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					en | repetition | The wide handle of the teapot stays cool when you pour. It is glazed in green. When you pour from the teapot, its wide handle stays cool.
					de | repetition | Der breite Griff der Kanne bleibt beim Eingießen kühl. Sie ist grün glasiert. Beim Eingießen bleibt der breite Griff der Kanne kühl.
					fr | repetition | La poignée large de la théière reste froide. Elle est émaillée en vert. De la théière, la large poignée reste froide.
					""")
	void findsSentencesThatSayTheSame(String language, String part, String text) {
		assertThat(value(scored(language, "Tilda", "Tilda", text), part)).isLessThan(0.7);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					de | subject_repetition | Ein Korb im Korb | In Ihrem Warenkorb liegt ein Korb. Er kostet 44 € und steht gern im Flur.
					de | spelling | Suppe | Kohl, Möhren und Zwiebeln in den Kessel geben. Mit Pfeffer, Salbei und Thymian würzen, dann köcheln.
					en | sentence_ends | Boots | Your boots leave the warehouse on Tuesday.//Kind regards from the packing table
					en | consistency | Nest boxes | We do not know whether the robins will come to the garden. If the robins come to the garden, be glad.
					fr | repetition | Un toit | L'été dernier, quelqu'un un peu fou a peint le toit. Il est bleu depuis.
					""")
	void acceptsOrdinaryCopy(String language, String part, String subject, String text) {
		DraftScores scores = scored(language, "Tilda", subject, text.replace("//", "\n\n"));
		assertThat(value(scores, part)).as("%s", scores.parts()).isGreaterThanOrEqualTo(0.7);
	}

	private DraftScores scored(String language, String product, String subject, String text) {
		return this.scorer.score(draft(language, subject, "", text, ""),
				plan(Locale.forLanguageTag(language), product, null));
	}

	@Test
	void findsMixedAddress() {
		EmailDraft draft = draft("de", "Die Kanne Tilda ist wieder da", "Mit breiterem Griff",
				"Guten Tag,\ndie Kanne Tilda steht wieder im Regal. Auf unserer Seite sehen Sie alle Farben. "
						+ "Schau mal vorbei, du wirst sie mögen.",
				"Alle Farben ansehen");
		assertThat(value(this.scorer.score(draft, plan(Locale.GERMAN, "Kanne Tilda", null)), "form_of_address"))
			.isLessThan(0.7);
	}

	private static double value(DraftScores scores, String part) {
		return scores.parts().stream().filter((one) -> one.name().equals(part)).findFirst().orElseThrow().value();
	}

	private DraftScores score(String goal, String subject, String preheader, String text, String button) {
		return this.scorer.score(draft("en", subject, preheader, text, button),
				plan(Locale.ENGLISH, "Tilda teapot", goal));
	}

	private static ScoringContext plan(Locale locale, String product, String goal) {
		return new ScoringContext(locale, "Example Shop", List.of(product), null, goal, false);
	}

	private static EmailDraft draft(String locale, String subject, String preheader, String text, String button) {
		return new EmailDraft(locale, subject, preheader, subject, List.of(text.split("\n\n")), List.of(),
				new EmailDraft.CallToAction(button, "https://shop.example/"), null);
	}

}
