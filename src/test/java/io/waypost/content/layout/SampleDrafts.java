package io.waypost.content.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;

import io.waypost.content.BrandKit;
import io.waypost.content.DraftBlock;
import io.waypost.content.EmailDraft;
import org.jspecify.annotations.Nullable;

/** E-mails with every kind of block in three languages. */
public final class SampleDrafts {

	private static final String PICTURE = "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 192 192' width='400' height='400'><rect width='192' height='192' fill='%s'/><circle cx='96' cy='96' r='54' fill='%s'/></svg>";

	private static final String LOGO = "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 180 36' width='180' height='36'><text x='0' y='27' font-family='Georgia' font-size='25' fill='%230b6e4f'>Hearth and Field</text></svg>";

	/** The languages of the samples. */
	public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH);

	private SampleDrafts() {
	}

	/**
	 * Returns a brand kit.
	 * @param accent accent colour
	 */
	public static BrandKit brand(String accent) {
		return new BrandKit(1, "Hearth & Field", "hello@hearth.example",
				List.of("Hearth & Field Ltd", "12 Mill Lane", "Bath BA1 1AA", "United Kingdom"),
				"https://hearth.example", LOGO, accent, Set.of(), Set.of());
	}

	/**
	 * Returns a draft with every kind of block and arrangement.
	 * @param locale one of {@link #LANGUAGES}
	 * @param layout its layout
	 */
	public static EmailDraft complete(Locale locale, EmailDraft.Layout layout) {
		return complete(locale, layout, SampleDrafts::picture);
	}

	/**
	 * Returns a draft like {@link #complete(Locale, EmailDraft.Layout)} with other
	 * pictures.
	 * @param pictures returns the URL of the first, second and third product
	 */
	public static EmailDraft complete(Locale locale, EmailDraft.Layout layout, IntFunction<@Nullable String> pictures) {
		Texts texts = texts(locale);
		List<DraftBlock> body = new ArrayList<>();
		body.add(new DraftBlock.Paragraph(texts.greeting()));
		body.add(new DraftBlock.Paragraph(texts.opening()));
		body.add(products(DraftBlock.Arrangement.SINGLE, items(texts, 1, pictures)));
		body.add(new DraftBlock.OfferBox(texts.offer(), texts.until(), "SPRING20", texts.terms()));
		body.add(new DraftBlock.Paragraph(texts.bridge()));
		body.add(products(DraftBlock.Arrangement.GRID, items(texts, 3, pictures)));
		body.add(new DraftBlock.Divider());
		body.add(new DraftBlock.Quotation(texts.quotation(), texts.source()));
		body.add(new DraftBlock.Steps(texts.steps()));
		body.add(products(DraftBlock.Arrangement.LIST, items(texts, 3, pictures)));
		body.add(new DraftBlock.Links(List.of(new EmailDraft.CallToAction(texts.link(), "https://hearth.example/care"),
				new EmailDraft.CallToAction(texts.otherLink(), "https://hearth.example/returns"))));
		return draft(locale, layout, body);
	}

	/**
	 * Returns a draft with some blocks and the frame of {@link #complete}.
	 * @param locale one of {@link #LANGUAGES}
	 * @param layout its layout
	 * @param body the blocks
	 */
	public static EmailDraft draft(Locale locale, EmailDraft.Layout layout, List<DraftBlock> body) {
		Texts texts = texts(locale);
		return new EmailDraft(locale.toLanguageTag(), layout, texts.subject(), texts.preheader(), texts.headline(),
				body, new EmailDraft.CallToAction(texts.action(), "https://hearth.example/spring"), texts.closing());
	}

	/** Returns products with all details, the last one without a picture. */
	public static List<EmailDraft.DraftItem> items(Locale locale, int count) {
		return items(texts(locale), count, SampleDrafts::picture);
	}

	private static DraftBlock products(DraftBlock.Arrangement arrangement, List<EmailDraft.DraftItem> items) {
		return new DraftBlock.Products(arrangement, items);
	}

	private static List<EmailDraft.DraftItem> items(Texts texts, int count, IntFunction<@Nullable String> pictures) {
		List<EmailDraft.DraftItem> items = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			items.add(item(texts, i, pictures.apply(i % 3)));
		}
		return items;
	}

	private static @Nullable String picture(int index) {
		String[] colours = new String[][] { { "%23e8dfd0", "%23b08d57" }, { "%23dbe7ee", "%233e6c8f" }, {} }[index];
		return (index == 2) ? null : PICTURE.formatted((Object[]) colours);
	}

	private static EmailDraft.DraftItem item(Texts texts, int index, @Nullable String picture) {
		int row = index % 3;
		return new EmailDraft.DraftItem("p" + index, texts.names().get(row), texts.prices().get(row),
				(row == 2) ? 2 : 1, picture, "https://hearth.example/p/p" + index,
				(row == 0) ? texts.formerPrice() : null, texts.descriptions().get(row),
				(row == 1) ? null : texts.rating());
	}

	private static Texts texts(Locale locale) {
		return switch (locale.getLanguage()) {
			case "de" -> GERMAN;
			case "fr" -> FRENCH;
			default -> ENGLISH;
		};
	}

	private static final Texts ENGLISH = new Texts("Linen shirts are 20% off until 3 May",
			"The natural linen shirt is €27.90 this week, with free returns.", "Linen shirts, 20% off",
			"Hi {{ first_name }},",
			"Our linen shirts are woven in Portugal from European flax. They get softer with every wash.",
			"20% off all linen shirts", "3 May", "For orders over €20. One code per order.", "For breakfast outdoors:",
			"The best shirt I have owned. It dries overnight.", "Anna, about the Linen Shirt",
			List.of("Wash the linen at 40 °C, with similar colours.", "Shake it out and hang it up while it is damp.",
					"Iron it on the inside if you like it smooth."),
			"How to care for linen", "Returns within 30 days", "See all linen shirts", "See you soon,\nHearth & Field",
			List.of("Linen Shirt", "Enamel Mug 350 ml, cream with a blue rim", "Cast-Iron Pan 24 cm"),
			List.of("€27.90", "€12.50", "€22.00"), "€34.90",
			List.of("Natural linen with a breast pocket and long sleeves.", "Dishwasher-safe, for hot and cold drinks.",
					"Stays hot for a long time, on the fire and on the stove."),
			"4.7 out of 5 (128 reviews)");

	private static final Texts GERMAN = new Texts("Leinenhemden: 20\u00a0% günstiger bis 3. Mai",
			"Das Hemd aus Naturleinen kostet diese Woche 27,90\u00a0€, Rücksendung kostenlos.",
			"Leinenhemden, 20\u00a0% günstiger", "Hallo {{ first_name }},",
			"Unsere Leinenhemden werden in Portugal aus europäischem Flachs gewebt. Mit jeder Wäsche werden sie weicher.",
			"20\u00a0% auf alle Leinenhemden", "3. Mai", "Ab 20\u00a0€ Bestellwert. Ein Code pro Bestellung.",
			"Für das Frühstück im Freien:", "Das beste Hemd, das ich je hatte. Es trocknet über Nacht.",
			"Anna über das Leinenhemd",
			List.of("Wasche das Leinen bei 40 °C mit ähnlichen Farben.",
					"Schüttle es aus und hänge es auf, solange es feucht ist.",
					"Bügle es von links, wenn du es glatt magst."),
			"So pflegst du Leinen", "Rückgabe innerhalb von 30 Tagen", "Alle Leinenhemden ansehen",
			"Viele Grüße\ndein Team von Hearth & Field",
			List.of("Leinenhemd", "Emaillebecher 350 ml, cremefarben mit blauem Rand", "Gusseisenpfanne 24 cm"),
			List.of("27,90\u00a0€", "12,50\u00a0€", "22,00\u00a0€"), "34,90\u00a0€",
			List.of("Naturleinen mit Brusttasche und langen Ärmeln.",
					"Spülmaschinenfest, für heiße und kalte Getränke.",
					"Bleibt lange heiß, auf dem Feuer und auf dem Herd."),
			"4,7 von 5 (128 Bewertungen)");

	private static final Texts FRENCH = new Texts("Chemises en lin : −20\u00a0% jusqu’au 3 mai",
			"La chemise en lin naturel est à 27,90\u00a0€ cette semaine, retours gratuits.",
			"Chemises en lin, −20\u00a0%", "Bonjour {{ first_name }},",
			"Nos chemises sont tissées au Portugal avec du lin européen. Elles s’assouplissent à chaque lavage.",
			"−20\u00a0% sur toutes les chemises en lin", "3 mai", "Dès 20\u00a0€ d’achat. Un code par commande.",
			"Pour le petit-déjeuner en plein air\u00a0:", "La meilleure chemise que j’aie eue. Elle sèche en une nuit.",
			"Anna, à propos de la chemise en lin",
			List.of("Lavez le lin à 40 °C avec des couleurs proches.", "Secouez-le et étendez-le encore humide.",
					"Repassez-le sur l’envers si vous l’aimez lisse."),
			"Entretenir le lin", "Retours sous 30 jours", "Voir toutes les chemises en lin",
			"À bientôt,\nHearth & Field",
			List.of("Chemise en lin", "Tasse émaillée 350 ml, crème à bord bleu", "Poêle en fonte 24 cm"),
			List.of("27,90\u00a0€", "12,50\u00a0€", "22,00\u00a0€"), "34,90\u00a0€",
			List.of("Lin naturel, poche poitrine et manches longues.", "Passe au lave-vaisselle, chaud ou froid.",
					"Reste chaude longtemps, sur le feu comme sur la cuisinière."),
			"4,7 sur 5 (128 avis)");

	private record Texts(String subject, String preheader, String headline, String greeting, String opening,
			String offer, String until, String terms, String bridge, String quotation, String source,
			List<String> steps, String link, String otherLink, String action, String closing, List<String> names,
			List<String> prices, String formerPrice, List<String> descriptions, String rating) {

	}

}
