package io.waypost.content;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RendererTests {

	private static final BrandKit BRAND = new BrandKit(1, "Hearth & Field", "hello@hearth.example",
			List.of("12 Mill Lane", "Bath BA1 1AA"), "https://hearth.example", "https://hearth.example/logo.png",
			"#0b6e4f", Set.of(), Set.of());

	private static final RecipientLinks LINKS = new RecipientLinks("https://w.example/u/tok",
			"https://w.example/t/o/tok", (link) -> "https://w.example/t/c/" + link.hashCode());

	private final Renderer renderer = new Renderer();

	@Test
	void signsEveryMessageAsTheLawWants() {
		RenderedEmail email = render(draft("Hi {{ first_name }},"), "Maria");
		assertThat(email.html()).contains("12 Mill Lane", "Bath BA1 1AA", "https://w.example/u/tok", "Unsubscribe",
				"because you left something in your cart", "Hearth &amp; Field");
		assertThat(email.text()).contains("12 Mill Lane", "Bath BA1 1AA", "https://w.example/u/tok", "Unsubscribe",
				"because you left something in your cart", "Hearth & Field");
	}

	@Test
	void fillsAPageAsThymeleafWould() {
		MailModel model = MailModel.of(draft("Fish & chips <cheap> \"quoted\" it's 5 € \uE0003\uE001"), BRAND,
				"Because.", LINKS, new FirstName("Maria", MailTexts.of(Locale.ENGLISH)), MailTexts.of(Locale.ENGLISH));
		MailLayout layout = new MailLayout();
		assertThat(layout.html(model)).isEqualTo(layout.process(model));
	}

	@Test
	void tracksLinksButNotTheUnsubscribeLink() {
		RenderedEmail email = render(draft("Hello."), null);
		assertThat(email.html()).doesNotContain("\"https://hearth.example/p/p1\"").contains("https://w.example/t/c/");
		assertThat(email.html()).contains("href=\"https://w.example/u/tok\"", "src=\"https://w.example/t/o/tok\"");
	}

	@Test
	void escapesWords() {
		RenderedEmail email = render(
				draft("<script>alert(1)</script> th:text=\"${7*7}\" [[${7*7}]] __${7*7}__ {{7*7}}"), "<b>");
		assertThat(email.html()).contains("&lt;script&gt;").doesNotContain("<script>", "49", "<b>");
	}

	@Test
	void keepsHeadersApart() {
		Draft draft = new Draft("en", "Hello\r\nBcc: all@x.example", "P", "H", List.of("x"), List.of(),
				new Draft.CallToAction("Go", "https://hearth.example"), null);
		assertThat(render(draft, null).subject()).isEqualTo("Hello Bcc: all@x.example");
	}

	@Test
	void greetsPeopleWithoutAName() {
		assertThat(render(draft("Hi {{ first_name }},"), null).text()).contains("Hi there,");
		assertThat(render(draft("Hallo {{ first_name }},", "de"), null).text()).contains("Hallo,");
		assertThat(render(draft("Bonjour {{first_name}},", "fr"), null).text()).contains("Bonjour,");
		assertThat(render(draft("Thank you, {{ first_name }}!"), null).text()).contains("Thank you!");
		assertThat(render(draft("{{ first_name }}, your cart is here"), null).text()).contains("Your cart is here");
		assertThat(render(draft("Welcome to {{ first_name }}"), null).text()).doesNotContain("{{");
	}

	@Test
	void greetsByName() {
		assertThat(render(draft("Hi {{ first_name }},"), "Jean-Luc d'Arc").text()).contains("Hi Jean-Luc d'Arc,");
		assertThat(render(draft("Hi {{ first_name }},"), "$1\\").text()).contains("Hi there,");
		assertThat(render(draft("Hi {{ first_name }},"), "buy at http://spam.test").text()).contains("Hi there,");
		assertThat(render(draft("Hi {{ first_name }},"), "{{ first_name }}").text()).contains("Hi there,");
	}

	@Test
	void wrapsPlainTextAndKeepsLinksWhole() {
		RenderedEmail email = render(draft("word ".repeat(60)), null);
		assertThat(email.text().lines().filter((line) -> !line.contains("https://")))
			.allMatch((line) -> line.length() <= 72);
		assertThat(email.text()).contains("* Linen Apron (€34.90, Quantity 2)\n  https://w.example/t/c/");
	}

	@Test
	void choosesLettersThatCanBeRead() {
		assertThat(Contrast.textOn("#0b6e4f")).isEqualTo("#ffffff");
		assertThat(Contrast.textOn("#ffd54a")).isEqualTo("#111827");
		assertThat(Contrast.textOn("#000000")).isEqualTo("#ffffff");
	}

	@Test
	void writesAFewThousandASecond() {
		Draft draft = draft("Hi {{ first_name }},");
		for (int i = 0; i < 2_000; i++) {
			render(draft, "Maria");
		}
		long begun = System.nanoTime();
		for (int i = 0; i < 2_000; i++) {
			render(draft, "Maria");
		}
		double micros = (System.nanoTime() - begun) / 2_000.0 / 1_000.0;
		System.out.printf("rendering takes %.0f microseconds%n", micros);
		assertThat(micros).isLessThan(2_000);
	}

	private RenderedEmail render(Draft draft, @Nullable String firstName) {
		return this.renderer.render(draft, BRAND, firstName, "cart-abandonment", LINKS);
	}

	private static Draft draft(String paragraph) {
		return draft(paragraph, "en");
	}

	private static Draft draft(String paragraph, String locale) {
		return new Draft(locale, "Your cart is still here", "Everything is where you left it.", "Ready when you are",
				List.of(paragraph),
				List.of(new Draft.Item("p1", "Linen Apron", "€34.90", 2, "https://hearth.example/img/p1.jpg",
						"https://hearth.example/p/p1")),
				new Draft.CallToAction("Back to my cart", "https://hearth.example"), "See you soon,\nHearth & Field");
	}

}
