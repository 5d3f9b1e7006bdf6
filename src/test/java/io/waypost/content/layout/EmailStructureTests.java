package io.waypost.content.layout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ch.digitalfondue.jfiveparse.Document;
import ch.digitalfondue.jfiveparse.Element;
import ch.digitalfondue.jfiveparse.JFiveParse;
import ch.digitalfondue.jfiveparse.Node;
import ch.digitalfondue.jfiveparse.Text;
import io.waypost.content.DraftBlock;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.RecipientLinks;
import io.waypost.content.RenderedEmail;
import io.waypost.content.brand.ColourContrast;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Size, structure and colours of the HTML, and that the plain text says the same. */
class EmailStructureTests {

	/** Gmail clips longer messages. */
	private static final int CLIPPED_AFTER = 102 * 1024;

	private static final Pattern COLOUR = Pattern.compile("(?<![-a-z])color:(#[0-9a-f]{6})");

	private static final Pattern BACKGROUND = Pattern.compile("background(?:-color)?:(#[0-9a-f]{6})");

	private static final RecipientLinks LINKS = new RecipientLinks("https://waypost.example/u/" + "t".repeat(120),
			"https://waypost.example/t/o/" + "t".repeat(120), (link) -> link + "?via=" + "t".repeat(180));

	private final EmailRenderer renderer = new EmailRenderer();

	static Stream<Arguments> layoutsAndLanguages() {
		return Stream.of(EmailDraft.Layout.values())
			.flatMap((layout) -> SampleDrafts.LANGUAGES.stream().map((locale) -> Arguments.of(layout, locale)));
	}

	@ParameterizedTest
	@MethodSource("layoutsAndLanguages")
	void namesLanguageAndDirection(EmailDraft.Layout layout, Locale locale) {
		Element html = document(complete(layout, locale)).getDocumentElement();
		assertThat(html.getAttribute("lang")).isEqualTo(locale.getLanguage());
		assertThat(html.getAttribute("dir")).isEqualTo("ltr");
	}

	@ParameterizedTest
	@MethodSource("layoutsAndLanguages")
	void hasOneFirstHeadingAndThenSecondHeadings(EmailDraft.Layout layout, Locale locale) {
		List<String> headings = elements(document(complete(layout, locale))).stream()
			.map(Element::getNodeName)
			.filter((name) -> name.matches("h[1-6]"))
			.toList();
		assertThat(headings).startsWith("h1").hasSizeGreaterThan(7);
		assertThat(headings.subList(1, headings.size())).containsOnly("h2");
	}

	@ParameterizedTest
	@MethodSource("layoutsAndLanguages")
	void describesPicturesAndLinks(EmailDraft.Layout layout, Locale locale) {
		List<Element> all = elements(document(complete(layout, locale)));
		List<Element> pictures = all.stream().filter((element) -> isTag(element, "img")).toList();
		assertThat(pictures).hasSizeGreaterThan(4);
		assertThat(pictures.subList(0, pictures.size() - 1))
			.noneMatch((picture) -> isBlank(picture.getAttribute("alt")));
		assertThat(pictures.getLast().getAttribute("width")).isEqualTo("1");
		assertThat(all.stream().filter((element) -> isTag(element, "a"))).hasSizeGreaterThan(10)
			.allMatch((link) -> (visible(link) + alternatives(link)).strip().length() > 3);
	}

	@ParameterizedTest
	@MethodSource("layoutsAndLanguages")
	void marksTablesAsPresentation(EmailDraft.Layout layout, Locale locale) {
		RenderedEmail email = complete(layout, locale);
		assertThat(elements(document(email)).stream().filter((element) -> isTag(element, "table")))
			.allMatch((table) -> "presentation".equals(table.getAttribute("role")));
		Matcher outlook = Pattern.compile("<table\\b[^>]*>").matcher(email.html());
		assertThat(outlook.results().map((table) -> table.group())).allMatch((table) -> table.contains("presentation"));
	}

	@ParameterizedTest
	@EnumSource(EmailDraft.Layout.class)
	void loadsNothingButPictures(EmailDraft.Layout layout) {
		RenderedEmail email = complete(layout, Locale.ENGLISH);
		assertThat(elements(document(email)))
			.noneMatch((element) -> isTag(element, "link") || isTag(element, "script"));
		assertThat(email.html()).doesNotContain("@import", "@font-face", "url(");
	}

	@ParameterizedTest
	@MethodSource("layoutsAndLanguages")
	void saysTheSameInPlainText(EmailDraft.Layout layout, Locale locale) {
		RenderedEmail email = complete(layout, locale);
		String text = words(email.text());
		List<String> missing = new ArrayList<>();
		for (Element element : elements(document(email))) {
			for (Node child : element.getChildNodes()) {
				if (child instanceof Text found && isShown(element) && !text.contains(words(found.getData()))) {
					missing.add(found.getData());
				}
			}
		}
		assertThat(missing).allMatch((found) -> words(found).equals("·") || isOwnLink(found, locale));
	}

	/** The own link of a single product: the plain text has the URL below its name. */
	private static boolean isOwnLink(String found, Locale locale) {
		String name = SampleDrafts.items(locale, 1).getFirst().name();
		return words(found).equals(words(LayoutMessages.of(locale).format("item.view", name)));
	}

	@ParameterizedTest
	@EnumSource(EmailDraft.Layout.class)
	void isNotClipped(EmailDraft.Layout layout) {
		List<DraftBlock> body = new ArrayList<>(SampleDrafts.complete(Locale.GERMAN, layout).body());
		List<EmailDraft.DraftItem> items = SampleDrafts.items(Locale.GERMAN, 12)
			.stream()
			.map((item) -> new EmailDraft.DraftItem(item.productId(), item.name(), item.price(), 2,
					"https://shop.example/img/" + "p".repeat(120), item.url(), "34,90 €", "Beschreibung. ".repeat(12),
					item.rating()))
			.toList();
		body.add(new DraftBlock.Products(DraftBlock.Arrangement.GRID, items));
		body.addAll(Collections.nCopies(20, new DraftBlock.Paragraph("Ein Absatz & mehr. ".repeat(40))));
		byte[] html = this.renderer
			.render(SampleDrafts.draft(Locale.GERMAN, layout, body), SampleDrafts.brand("#0b6e4f"), "Maria", "campaign",
					LINKS)
			.html()
			.getBytes(StandardCharsets.UTF_8);
		assertThat(html.length).isGreaterThan(60_000).isLessThanOrEqualTo(CLIPPED_AFTER);
	}

	@Test
	void isLegibleWithEveryAccentColour() {
		Random random = new Random(193);
		for (int i = 0; i < 60; i++) {
			String accent = "#%06x".formatted(random.nextInt(1 << 24));
			EmailDraft.Layout layout = EmailDraft.Layout.values()[i % EmailDraft.Layout.values().length];
			Document document = document(this.renderer.render(SampleDrafts.complete(Locale.ENGLISH, layout),
					SampleDrafts.brand(accent), "Maria", "campaign", LINKS));
			List<String> pairs = elements(document).stream()
				.filter((element) -> isShown(element) && (isTag(element, "img") || hasText(element)))
				.map((element) -> inherited(element, COLOUR, "#000000") + " on "
						+ inherited(element, BACKGROUND, "#ffffff"))
				.distinct()
				.toList();
			assertThat(pairs).anyMatch((pair) -> pair.endsWith(accent))
				.allMatch((pair) -> ColourContrast.ratio(pair.substring(0, 7),
						pair.substring(11)) >= ColourContrast.ENOUGH);
		}
	}

	@Test
	void showsAHeroWithoutPictureAsACard() {
		List<DraftBlock> body = List.of(new DraftBlock.Paragraph("Hello"));
		assertThat(render(SampleDrafts.draft(Locale.ENGLISH, EmailDraft.Layout.HERO, body)))
			.isEqualTo(render(SampleDrafts.draft(Locale.ENGLISH, EmailDraft.Layout.CARD, body)));
	}

	@Test
	void showsThePictureOfAHeroOnce() {
		EmailDraft hero = SampleDrafts.draft(Locale.ENGLISH, EmailDraft.Layout.HERO,
				List.of(new DraftBlock.Products(DraftBlock.Arrangement.SINGLE, SampleDrafts.items(Locale.ENGLISH, 1))));
		List<Element> pictures = elements(document(render(hero))).stream()
			.filter((element) -> isTag(element, "img"))
			.toList();
		assertThat(pictures.stream().map((picture) -> picture.getAttribute("alt"))).containsExactly("Hearth & Field",
				"Linen Shirt", "");
	}

	@Test
	void putsTheFormerPriceBeforeTheNewOne() {
		List<DraftBlock> body = List
			.of(new DraftBlock.Products(DraftBlock.Arrangement.LIST, SampleDrafts.items(Locale.GERMAN, 1)));
		RenderedEmail email = render(SampleDrafts.draft(Locale.GERMAN, EmailDraft.Layout.CARD, body));
		assertThat(words(visible(document(email).getDocumentElement()))).contains("Vorher 34,90 € jetzt 27,90 €");
		assertThat(words(email.text())).contains("Vorher 34,90 €, jetzt 27,90 €");
		assertThat(email.html()).contains("<s>34,90\u00a0€</s>");
	}

	private RenderedEmail complete(EmailDraft.Layout layout, Locale locale) {
		return render(SampleDrafts.complete(locale, layout));
	}

	private RenderedEmail render(EmailDraft draft) {
		return this.renderer.render(draft, SampleDrafts.brand("#0b6e4f"), "Maria", "campaign", LINKS);
	}

	private static Document document(RenderedEmail email) {
		return JFiveParse.parse(email.html());
	}

	private static List<Element> elements(Document document) {
		List<Element> elements = new ArrayList<>();
		collect(document, elements);
		return elements;
	}

	private static void collect(Node node, List<Element> elements) {
		if (node instanceof Element element) {
			elements.add(element);
		}
		node.getChildNodes().forEach((child) -> collect(child, elements));
	}

	private static boolean isTag(Element element, String name) {
		return element.getNodeName().equals(name);
	}

	private static boolean isBlank(@Nullable String text) {
		return text == null || text.isBlank();
	}

	private static boolean hasText(Element element) {
		return element.getChildNodes()
			.stream()
			.anyMatch((child) -> child instanceof Text text && !isBlank(text.getData()));
	}

	/** Whether an element is in the body and not hidden. */
	private static boolean isShown(Element element) {
		for (Node node = element; node instanceof Element parent; node = node.getParentNode()) {
			String style = parent.getAttribute("style");
			if (isTag(parent, "head") || style != null && style.contains("display:none")) {
				return false;
			}
		}
		return true;
	}

	private static String visible(Element element) {
		StringBuilder text = new StringBuilder();
		List<Element> elements = new ArrayList<>();
		collect(element, elements);
		for (Element part : elements) {
			if (isShown(part)) {
				part.getChildNodes()
					.forEach((child) -> text.append((child instanceof Text found) ? " " + found.getData() : ""));
			}
		}
		return text.toString();
	}

	private static String alternatives(Element link) {
		List<Element> elements = new ArrayList<>();
		collect(link, elements);
		StringBuilder text = new StringBuilder();
		elements.stream()
			.filter((element) -> isTag(element, "img"))
			.forEach((picture) -> text.append(picture.getAttribute("alt")));
		return text.toString();
	}

	private static String words(String text) {
		return text.replaceAll("[\\s\\u00a0\\u200a\\u202f]+", " ").strip();
	}

	private static String inherited(Element element, Pattern property, String initial) {
		for (Node node = element; node instanceof Element parent; node = node.getParentNode()) {
			String style = parent.getAttribute("style");
			if (style != null) {
				Matcher matcher = property.matcher(style);
				if (matcher.find()) {
					return matcher.group(1);
				}
			}
		}
		return initial;
	}

}
