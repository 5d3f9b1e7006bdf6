package io.waypost.sample;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.waypost.agent.DetailedShop;
import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.agent.write.ContentFacts;
import io.waypost.agent.write.DraftRequest;
import io.waypost.agent.write.RuleBasedWriter;
import io.waypost.console.Chromium;
import io.waypost.content.BrandKit;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.Product;
import io.waypost.content.RecipientLinks;
import io.waypost.content.fact.CategoryNames;
import io.waypost.content.fact.Offer;
import io.waypost.content.layout.SampleDrafts;
import io.waypost.feature.LifecycleStage;
import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pictures of docs/emails.md: e-mails of the rule-based writer for products of
 * the sample shop, and drafts with every kind of block, at the width of a desktop and of
 * a phone, in light and dark.
 */
public final class EmailPictures {

	private static final String PICTURES = "https://pictures.example/";

	private static final Pattern PICTURE = Pattern.compile(Pattern.quote(PICTURES) + "([a-z0-9-]+)\\.png");

	/** Kinds of the products of {@link SampleDrafts}. */
	private static final List<String> KINDS = List.of("linen shirt", "enamel mug", "cast-iron pan");

	private static final int DESKTOP = 680;

	private static final int PHONE = 390;

	private static final int LARGEST = 120_000;

	private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);

	private static final RecipientLinks LINKS = new RecipientLinks("https://waypost.example/u/token", null,
			(link) -> link);

	private final SampleCatalogue catalogue = new SampleCatalogue();

	private final ProductImageRenderer images = new ProductImageRenderer();

	private final RuleBasedWriter writer = new RuleBasedWriter(new DraftScorer());

	private final EmailRenderer renderer = new EmailRenderer();

	private final Path folder;

	private EmailPictures(Path folder) {
		this.folder = folder;
	}

	/**
	 * Writes the pictures.
	 * @param arguments folder, by default docs/images/emails
	 * @throws IOException when a picture cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		Path folder = Path.of((arguments.length > 0) ? arguments[0] : "docs/images/emails");
		EmailPictures pictures = new EmailPictures(Files.createDirectories(folder));
		try (Chromium chromium = Chromium.launch()) {
			for (Shot shot : pictures.shots()) {
				pictures.take(chromium.browser(), shot);
			}
		}
	}

	private List<Shot> shots() {
		return List.of(written("cart", "cart-abandonment", LifecycleStage.ACTIVE, Locale.UK, "Camp kitchen", 3, 1),
				phone(written("cart-phone", "cart-abandonment", LifecycleStage.NEW, Locale.GERMANY, "Lighting", 1, 5)),
				dark(written("cart-dark", "cart-abandonment", LifecycleStage.LOYAL, Locale.FRANCE, "Garden tools", 2, 4)),
				written("welcome", "welcome", LifecycleStage.PROSPECT, Locale.UK, "Tents & sleeping", 4, 3),
				phone(written("welcome-phone", "welcome", LifecycleStage.NEW, Locale.FRANCE, "Seeds & plants", 4, 8)),
				dark(written("welcome-dark", "welcome", LifecycleStage.PROSPECT, Locale.GERMANY, "Backpacks", 4, 7)),
				written("win-back", "re-engagement", LifecycleStage.LAPSED, Locale.GERMANY, "Footwear", 4, 2),
				phone(written("win-back-phone", "re-engagement", LifecycleStage.AT_RISK, Locale.UK, "Clothing", 4, 6)),
				written("milestone", "milestone", LifecycleStage.LOYAL, Locale.FRANCE, "Camp kitchen", 4, 4),
				phone(dark(written("milestone-phone-dark", "milestone", LifecycleStage.ACTIVE, Locale.GERMANY,
						"Garden tools", 4, 9))),
				written("news", "spring-news", LifecycleStage.ACTIVE, Locale.UK, "Seeds & plants", 4, 11),
				written("news-german", "spring-news", LifecycleStage.LOYAL, Locale.GERMANY, "Tents & sleeping", 4, 12),
				offer("offer", LifecycleStage.ACTIVE, Locale.UK, "Garden tools", 21),
				dark(offer("offer-dark", LifecycleStage.LOYAL, Locale.GERMANY, "Lighting", 22)),
				phone(offer("offer-phone", LifecycleStage.NEW, Locale.FRANCE, "Footwear", 23)),
				complete("all-blocks-card", EmailDraft.Layout.CARD, Locale.UK),
				dark(complete("all-blocks-hero-dark", EmailDraft.Layout.HERO, Locale.GERMANY)),
				complete("all-blocks-letter", EmailDraft.Layout.LETTER, Locale.FRANCE),
				phone(complete("all-blocks-hero-phone", EmailDraft.Layout.HERO, Locale.UK)),
				phone(dark(complete("all-blocks-letter-phone-dark", EmailDraft.Layout.LETTER, Locale.GERMANY))));
	}

	private static Shot phone(Shot shot) {
		return new Shot(shot.name(), shot.draft(), PHONE, shot.colours());
	}

	private static Shot dark(Shot shot) {
		return new Shot(shot.name(), shot.draft(), shot.width(), ColorScheme.DARK);
	}

	private Shot complete(String name, EmailDraft.Layout layout, Locale locale) {
		EmailDraft draft = SampleDrafts.complete(locale, layout, (index) -> picture(
				this.catalogue.all().stream().filter((product) -> product.name().endsWith(KINDS.get(index))).findFirst().orElseThrow()));
		return new Shot(name, draft.map((text) -> text.replace("Hearth & Field", "Fernweh & Field")), DESKTOP,
				ColorScheme.LIGHT);
	}

	private Shot written(String name, String goal, LifecycleStage stage, Locale locale, String category, int products,
			long seed) {
		return written(name, goal, stage, locale, facts(category, locale, products, goal.startsWith("cart"), null), seed);
	}

	private Shot offer(String name, LifecycleStage stage, Locale locale, String category, long seed) {
		Offer offer = new Offer("winter", 1, new Offer.OfferScope(category, List.of()), BigDecimal.valueOf(20), null,
				"WINTER20", null, LocalDate.of(2026, 12, 13), null,
				categories().names().getOrDefault(category, Map.of()),
				Map.of("en", "For orders over €40. One code per order.", "de",
						"Ab 40\u00a0€ Bestellwert. Ein Code pro Bestellung.", "fr",
						"Dès 40\u00a0€ d’achat. Un code par commande."));
		return written(name, "spring-news", stage, locale, facts(category, locale, 4, false, offer), seed);
	}

	private Shot written(String name, String goal, LifecycleStage stage, Locale locale, ContentFacts facts, long seed) {
		DraftRequest request = new DraftRequest(goal, stage, "news", locale, facts, seed, 1, null);
		return new Shot(name, this.writer.write(request).draft(), DESKTOP, ColorScheme.LIGHT);
	}

	private ContentFacts facts(String category, Locale locale, int count, boolean inCart, @Nullable Offer offer) {
		List<ContentFacts.ProductLine> lines = this.catalogue.productsIn(category)
			.stream()
			.filter((product) -> product.id().hashCode() % 4 == 0)
			.limit(count)
			.map((product) -> new ContentFacts.ProductLine(product(product).on(TODAY).in(locale, categories()), 1))
			.toList();
		return new ContentFacts("Fernweh & Field", TrackingMessages.SHOP, null, lines, inCart,
				categories().in(category, locale), 4, Map.of(), offer, DetailedShop.brand().facts(),
				inCart ? null : "viewed", TODAY);
	}

	private static Product product(SampleCatalogue.SampleProduct product) {
		return new Product(product.id(), product.name(), product.category(),
				Money.of(product.price().toPlainString(), "EUR"), picture(product), TrackingMessages.page(product),
				product.details());
	}

	private static String picture(SampleCatalogue.SampleProduct product) {
		return PICTURES + product.id() + ".png";
	}

	private CategoryNames categories() {
		return new CategoryNames(this.catalogue.categoryNames());
	}

	/** Pictures are part of the page, so that nothing is loaded. */
	private String withPictures(String html) {
		return PICTURE.matcher(html)
			.replaceAll((found) -> Matcher.quoteReplacement(data(
					this.images.draw(this.catalogue.find(found.group(1)).orElseThrow()))));
	}

	private static String data(byte[] png) {
		return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
	}

	private static BrandKit brand() {
		try (InputStream logo = EmailPictures.class.getResourceAsStream("/static/assets/sample/logo.png")) {
			return new BrandKit(1, "Fernweh & Field", "hello@fernweh-and-field.example",
					List.of("Fernweh & Field GmbH", "Am Alten Gärtnerhof 7", "79098 Freiburg", "Germany"),
					TrackingMessages.SHOP, data(Objects.requireNonNull(logo).readAllBytes()), "#2f6b4f", Set.of(),
					Set.of());
		}
		catch (IOException ex) {
			throw new IllegalStateException("The logo of the sample cannot be read", ex);
		}
	}

	private void take(Browser browser, Shot shot) throws IOException {
		String html = this.renderer.render(shot.draft(), brand(), "Maria", "campaign", LINKS).html();
		Browser.NewPageOptions options = new Browser.NewPageOptions().setViewportSize(shot.width(), 800)
			.setColorScheme(shot.colours());
		try (Page page = browser.newPage(options)) {
			page.setContent(withPictures(html));
			byte[] picture = webp(page);
			if (picture.length > LARGEST) {
				throw new IllegalStateException(shot.name() + " has " + picture.length + " bytes");
			}
			Files.write(this.folder.resolve(shot.name() + ".webp"), picture);
			System.out.printf("%-30s %-6s %s, %,7d bytes of HTML, %,7d bytes of picture%n", shot.name(),
					shot.draft().layout(), shot.draft().locale(), html.replaceAll("data:[^\"]*", "").length(), picture.length);
		}
	}

	/** Playwright itself takes no WebP. */
	private static byte[] webp(Page page) {
		CDPSession session = page.context().newCDPSession(page);
		JsonObject clip = new JsonObject();
		clip.addProperty("x", 0);
		clip.addProperty("y", 0);
		clip.addProperty("width", page.viewportSize().width);
		clip.addProperty("height",
				((Number) page.evaluate("Math.ceil(document.documentElement.getBoundingClientRect().height)"))
					.intValue());
		clip.addProperty("scale", 1);
		JsonObject options = new JsonObject();
		options.addProperty("format", "webp");
		options.addProperty("quality", 82);
		options.addProperty("captureBeyondViewport", true);
		options.add("clip", clip);
		return Base64.getDecoder().decode(session.send("Page.captureScreenshot", options).get("data").getAsString());
	}

	private record Shot(String name, EmailDraft draft, int width, ColorScheme colours) {

	}

}
