package io.waypost.content.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Writes sample messages to {@code target/mail} for visual inspection. */
class EmailSamplesTests {

	private static final String PICTURE = "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='192' height='192'><rect width='192' height='192' fill='%s'/><circle cx='96' cy='96' r='54' fill='%s'/></svg>";

	private static final String LOGO = "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='180' height='36'><text x='0' y='27' font-family='Georgia' font-size='25' fill='%230b6e4f'>Hearth and Field</text></svg>";

	@Test
	void writesSamplesInEveryLanguage() throws IOException {
		Path folder = Files.createDirectories(Path.of("target", "mail"));
		EmailRenderer renderer = new EmailRenderer();
		BrandKit brand = new BrandKit(1, "Hearth & Field", "hello@hearth.example",
				List.of("Hearth & Field Ltd", "12 Mill Lane", "Bath BA1 1AA", "United Kingdom"),
				"https://hearth.example", LOGO, "#0b6e4f", Set.of(), Set.of());
		RecipientLinks links = new RecipientLinks("https://waypost.example/u/token", null, (link) -> link);
		for (Map.Entry<String, EmailDraft> sample : Map.of("en", english(), "de", german()).entrySet()) {
			RenderedEmail email = renderer.render(sample.getValue(), brand, "Maria", "cart-abandonment", links);
			Files.writeString(folder.resolve(sample.getKey() + ".html"), email.html());
			Files.writeString(folder.resolve(sample.getKey() + ".txt"), email.text());
			assertThat(email.html()).contains(sample.getValue().headline());
		}
	}

	private static EmailDraft english() {
		return new EmailDraft("en-GB", "Linen Apron and 2 others are in your cart",
				"3 items, €81.90 in all. Everything is where you left it.", "All 3 are still in your cart",
				List.of("Hi {{ first_name }},",
						"The Linen Apron and 2 more are still in your cart. Together they come to €81.90.",
						"You have ordered with us before, so you know the way.", "This is what is in your cart:"),
				items("€34.90", "€12.50", "€22.00"),
				new EmailDraft.CallToAction("Back to my cart", "https://hearth.example"),
				"See you soon,\nHearth & Field");
	}

	private static EmailDraft german() {
		return new EmailDraft("de", "Deine 3 Artikel liegen noch bereit",
				"3 Artikel, zusammen 81,90 €. Alles ist noch da.", "Dein Warenkorb ist noch da",
				List.of("Hallo {{ first_name }},",
						"Du hast dir 3 Artikel ausgesucht. Sie sind alle noch in deinem Warenkorb.",
						"Das ist in deinem Warenkorb:"),
				items("34,90 €", "12,50 €", "22,00 €"),
				new EmailDraft.CallToAction("Bestellung abschließen", "https://hearth.example"),
				"Viele Grüße\ndein Team von Hearth & Field");
	}

	private static List<EmailDraft.DraftItem> items(String... prices) {
		return List.of(
				new EmailDraft.DraftItem("p1", "Linen Apron", prices[0], 1, PICTURE.formatted("%23e8dfd0", "%23b08d57"),
						"https://hearth.example/p/p1"),
				new EmailDraft.DraftItem("p2", "Enamel Mug 350 ml, cream with a blue rim", prices[1], 2,
						PICTURE.formatted("%23dbe7ee", "%233e6c8f"), "https://hearth.example/p/p2"),
				new EmailDraft.DraftItem("p3", "Walnut Cutting Board", prices[2], 1, null,
						"https://hearth.example/p/p3"));
	}

}
