package io.waypost.content.layout;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.PreparedEmail;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import io.waypost.content.brand.ColourContrast;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EmailRendererTests {

	private static final BrandKit BRAND = new BrandKit(1, "Hearth & Field", "hello@hearth.example",
			List.of("12 Mill Lane", "Bath BA1 1AA"), "https://hearth.example", "https://hearth.example/logo.png",
			"#0b6e4f", Set.of(), Set.of());

	private static final RecipientLinks LINKS = new RecipientLinks("https://w.example/u/tok",
			"https://w.example/t/o/tok", (link) -> "https://w.example/t/c/" + link.hashCode());

	private final EmailRenderer renderer = new EmailRenderer();

	@Test
	void showsTheLegalElementsInEveryMessage() {
		RenderedEmail email = render(draft("Hi {{ first_name }},"), "Maria");
		assertThat(email.html()).contains("12 Mill Lane", "Bath BA1 1AA", "https://w.example/u/tok", "Unsubscribe",
				"because you left something in your cart", "Hearth &amp; Field");
		assertThat(email.text()).contains("12 Mill Lane", "Bath BA1 1AA", "https://w.example/u/tok", "Unsubscribe",
				"because you left something in your cart", "Hearth & Field");
	}

	@Test
	void insertsTextsAsData() {
		List<String> texts = List.of("Plain",
				"Fish & chips <cheap> \"quoted\" it's 5 € \uE0003\uE001 \uE000N0\uE001 {{ mail.subject }} <mj-raw>");
		List<String> documents = texts.stream()
			.map((text) -> render(draft(text), "Maria").html().replace(HtmlSkeleton.escape(text), "#"))
			.toList();
		assertThat(documents.getFirst()).contains(">#<").isEqualTo(documents.getLast());
	}

	@Test
	void breaksLinesWithoutStyles() {
		assertThat(render(draft("One\nTwo"), null).html()).contains("One<br>Two",
				"See you soon,<br>Hearth &amp; Field");
	}

	@Test
	void tracksLinksButNotTheUnsubscribeLink() {
		RenderedEmail email = render(draft("Hello."), null);
		assertThat(email.html()).doesNotContain("\"https://hearth.example/p/p1\"").contains("https://w.example/t/c/");
		assertThat(email.html()).contains("href=\"https://w.example/u/tok\"", "src=\"https://w.example/t/o/tok\"");
	}

	@Test
	void escapesTexts() {
		RenderedEmail email = render(
				draft("<script>alert(1)</script> th:text=\"${7*7}\" [[${7*7}]] __${7*7}__ {{7*7}}"), "<b>");
		assertThat(email.html()).contains("&lt;script&gt;").doesNotContain("<script>", "49", "<b>");
	}

	@Test
	void removesLineBreaksFromTheSubject() {
		EmailDraft draft = new EmailDraft("en", "Hello\r\nBcc: all@x.example", "P", "H", List.of("x"), List.of(),
				new EmailDraft.CallToAction("Go", "https://hearth.example"), null);
		assertThat(render(draft, null).subject()).isEqualTo("Hello Bcc: all@x.example");
	}

	@Test
	void greetsRecipientsWithoutAName() {
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
	void wrapsPlainTextWithoutBreakingLinks() {
		RenderedEmail email = render(draft("word ".repeat(60)), null);
		assertThat(email.text().lines().filter((line) -> !line.contains("https://")))
			.allMatch((line) -> line.length() <= 72);
		assertThat(email.text()).contains("* Linen Apron (€34.90, Quantity 2)\n  https://w.example/t/c/");
	}

	@Test
	void fillsAPreparedMessageLikeARenderedOne() {
		Random random = new Random(11);
		List<String> pieces = List.of("{{ first_name }}", "{{first_name}}", " ", ", ", "Hi ", "dear ", "!",
				"& <b> \"q\" it's ", "\n", "\r\n", "a rather long sentence that has to be wrapped somewhere ", "\t",
				"ß", "\uE0003\uE001", "–");
		List<String> names = Arrays.asList("Maria", "Jean-Luc d'Arc", null, "", "<b>", "$1\\", "{{ first_name }}",
				" Ada ", "Maximiliane-Theodora von und zu Hohenfels");
		for (int i = 0; i < 500; i++) {
			EmailDraft draft = draft(random, pieces);
			RecipientLinks links = new RecipientLinks("https://w.example/u/" + i,
					(i % 3 == 0) ? null : "https://w.example/t/o/" + i, (link) -> link + "?a=1&b=" + link.length());
			PreparedEmail prepared = this.renderer.prepare(draft, BRAND, "campaign", links.openPixel() != null);
			for (String name : names) {
				RenderedEmail filled = prepared.fill(name, links);
				assertThat(filled).usingRecursiveComparison()
					.ignoringFields("hash")
					.isEqualTo(this.renderer.render(draft, BRAND, name, "campaign", links));
			}
		}
	}

	@Test
	void includesEveryValueInTheHashOfAPreparedMessage() {
		EmailDraft draft = draft("Hi {{ first_name }},");
		RecipientLinks other = new RecipientLinks("https://w.example/u/other", LINKS.openPixel(), LINKS.tracked());
		PreparedEmail prepared = this.renderer.prepare(draft, BRAND, "campaign", true);
		assertThat(prepared.fill("Maria", LINKS).hash()).hasSize(64)
			.isEqualTo(this.renderer.prepare(draft, BRAND, "campaign", true).fill("Maria", LINKS).hash());
		assertThat(List.of(prepared.fill("Maria", LINKS).hash(), prepared.fill("Mario", LINKS).hash(),
				prepared.fill(null, LINKS).hash(), prepared.fill("Maria", other).hash(),
				this.renderer.prepare(draft("Hi  {{ first_name }},"), BRAND, "campaign", true)
					.fill("Maria", LINKS)
					.hash(),
				this.renderer.prepare(draft, BRAND, "welcome", true).fill("Maria", LINKS).hash()))
			.doesNotHaveDuplicates();
	}

	@Test
	void doesNotCompileADraftThatContainsPlaceholderCharacters() {
		EmailDraft draft = draft("See \uE0023\uE003 and \uE0021\uE003");
		assertThat(this.renderer.prepare(draft, BRAND, "campaign", true).fill("Maria", LINKS))
			.isEqualTo(this.renderer.render(draft, BRAND, "Maria", "campaign", LINKS));
	}

	private static EmailDraft draft(Random random, List<String> pieces) {
		Supplier<String> text = () -> random.ints(random.nextInt(1, 9), 0, pieces.size())
			.mapToObj(pieces::get)
			.collect(Collectors.joining());
		return new EmailDraft("en", text.get(), text.get(), text.get(), List.of(text.get(), text.get()),
				List.of(new EmailDraft.DraftItem("p1", "Linen & Apron", "€34.90", 2, null,
						"https://hearth.example/p/p1"),
						new EmailDraft.DraftItem("p2", "Mug", "€4.90", 1, null, "https://hearth.example")),
				new EmailDraft.CallToAction(text.get(), "https://hearth.example"),
				random.nextBoolean() ? text.get() : null);
	}

	@Test
	void choosesAReadableTextColour() {
		assertThat(ColourContrast.textOn("#0b6e4f")).isEqualTo("#ffffff");
		assertThat(ColourContrast.textOn("#ffd54a")).isEqualTo("#111827");
		assertThat(ColourContrast.textOn("#000000")).isEqualTo("#ffffff");
	}

	@Test
	void rendersInLessThanTwoMilliseconds() {
		EmailDraft draft = draft("Hi {{ first_name }},");
		for (int i = 0; i < 2_000; i++) {
			render(draft, "Maria");
		}
		long start = System.nanoTime();
		for (int i = 0; i < 2_000; i++) {
			render(draft, "Maria");
		}
		double micros = (System.nanoTime() - start) / 2_000.0 / 1_000.0;
		System.out.printf("rendering takes %.0f microseconds%n", micros);
		assertThat(micros).isLessThan(2_000);
	}

	private RenderedEmail render(EmailDraft draft, @Nullable String firstName) {
		return this.renderer.render(draft, BRAND, firstName, "cart-abandonment", LINKS);
	}

	private static EmailDraft draft(String paragraph) {
		return draft(paragraph, "en");
	}

	private static EmailDraft draft(String paragraph, String locale) {
		return new EmailDraft(locale, "Your cart is still here", "Everything is where you left it.",
				"Ready when you are", List.of(paragraph),
				List.of(new EmailDraft.DraftItem("p1", "Linen Apron", "€34.90", 2, "https://hearth.example/img/p1.jpg",
						"https://hearth.example/p/p1")),
				new EmailDraft.CallToAction("Back to my cart", "https://hearth.example"),
				"See you soon,\nHearth & Field");
	}

}
