package io.waypost.agent;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waypost.agent.write.ContentFacts;
import io.waypost.content.BrandKit;
import io.waypost.content.Product;
import io.waypost.content.ProductNames;
import io.waypost.content.fact.BrandFacts;
import io.waypost.content.fact.CategoryNames;
import io.waypost.content.fact.Offer;
import io.waypost.content.fact.ProductDetails;
import io.waypost.kernel.Money;
import org.jspecify.annotations.Nullable;

/**
 * The sample shop with all facts of its products, in three languages: four models of each
 * kind. Prices, ratings and launch dates come from a fixed seed.
 */
public final class DetailedShop {

	/** The day on which its messages are written. */
	public static final LocalDate TODAY = LocalDate.of(2026, 12, 1);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String SITE = "https://fernweh-and-field.example";

	private static final List<String> MODELS = List.of("Halden", "Skog", "Birka", "Arven", "Fjord", "Luma", "Tarn",
			"Koli", "Senja", "Rila");

	private final List<Product> products = new ArrayList<>();

	private final Map<String, Map<String, String>> categories = new LinkedHashMap<>();

	public DetailedShop() {
		Random random = new Random(20261201);
		try (InputStream in = DetailedShop.class.getResourceAsStream("/sample/catalogue.json")) {
			for (Category category : JSON.readValue(in, Plan.class).categories()) {
				this.categories.put(category.name(), category.names());
				category.kinds().forEach((kind) -> add(category, kind, random));
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("The sample catalogue cannot be read", ex);
		}
	}

	/** Its brand kit. */
	public static BrandKit brand() {
		return new BrandKit(1, "Fernweh & Field", "hello@fernweh-and-field.example",
				List.of("Fernweh & Field GmbH", "Am Alten Gärtnerhof 7", "79098 Freiburg"), SITE, SITE + "/logo.png",
				"#2f6b4f", Set.of("fernweh-and-field.example"), Set.of("cheap"), brandFacts());
	}

	private static BrandFacts brandFacts() {
		return new BrandFacts(List.of(new BrandFacts.BrandPromise("repair",
				Map.of("en", "We repair what you bought from us.", "de", "Wir reparieren, was du bei uns gekauft hast.",
						"fr", "Nous réparons ce que vous avez acheté chez nous."),
				SITE + "/repairs")),
				Map.of("en", "Orders leave our store within two working days.", "de",
						"Bestellungen verlassen unser Lager innerhalb von zwei Werktagen.", "fr",
						"Les commandes quittent notre entrepôt sous deux jours ouvrés."),
				Map.of("en", "You can send items back within 30 days.", "de",
						"Du kannst Artikel innerhalb von 30 Tagen zurückschicken.", "fr",
						"Vous pouvez renvoyer les articles sous 30 jours."),
				new BrandFacts.BrandVoice(List.of(), List.of("awesome")), Map.of("de", "du", "fr", "vous"));
	}

	/** Names of its products in all languages. */
	public ProductNames names() {
		return new ProductNames(this.products.stream()
			.flatMap((product) -> product.details().names().values().stream())
			.distinct()
			.toList());
	}

	/** Its categories. */
	public List<String> categories() {
		return List.copyOf(this.categories.keySet());
	}

	/** Facts of a message with products of a category, chosen by the random source. */
	public ContentFacts facts(String category, int count, boolean inCart, long orders, @Nullable Offer offer,
			@Nullable String reason, Locale locale, Random random) {
		CategoryNames names = new CategoryNames(this.categories);
		List<Product> chosen = new ArrayList<>(
				this.products.stream().filter((product) -> product.category().equals(category)).toList());
		Collections.shuffle(chosen, random);
		List<ContentFacts.ProductLine> lines = chosen.stream()
			.limit(count)
			.map((product) -> new ContentFacts.ProductLine(product.on(TODAY).in(locale, names), 1))
			.toList();
		String name = Objects.requireNonNull(this.categories.get(category)).get(locale.getLanguage());
		return new ContentFacts("Fernweh & Field", SITE, null, lines, inCart, name, orders, Map.of(), offer,
				brandFacts(), reason, TODAY);
	}

	private void add(Category category, Kind kind, Random random) {
		Map<String, Map<String, String>> attributes = new LinkedHashMap<>(category.attributes());
		if (kind.material() != null) {
			attributes.put("material", kind.material());
		}
		int first = random.nextInt(MODELS.size());
		for (int i = 0; i < 4; i++) {
			String model = MODELS.get((first + i * 3) % MODELS.size());
			String id = (model + "-" + kind.name()).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
			BigDecimal price = BigDecimal
				.valueOf((kind.low() + random.nextInt(kind.high() - kind.low() + 1)) * 100L - 5, 2);
			ProductDetails.SalePrice sale = (random.nextInt(10) != 0) ? null
					: new ProductDetails.SalePrice(price.subtract(BigDecimal.ONE), null, null);
			ProductDetails.ProductRating rating = (random.nextInt(5) == 0) ? null : new ProductDetails.ProductRating(
					BigDecimal.valueOf(36 + random.nextInt(14), 1), 3 + random.nextInt(217));
			Map<String, String> names = Map.of("en", model + " " + kind.name(), "de",
					model + " " + kind.names().get("de"), "fr", kind.names().get("fr") + " " + model);
			ProductDetails details = new ProductDetails(kind.name(), model, names, kind.description(), attributes,
					TODAY.minusDays(random.nextInt(400)), sale, rating, 5, List.of());
			this.products.add(new Product(id, model + " " + kind.name(), category.name(),
					Money.of(price.toPlainString(), "EUR"), SITE + "/img/" + id + ".jpg", SITE + "/p/" + id, details));
		}
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	private record Plan(List<Category> categories) {

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	private record Category(String name, Map<String, String> names, Map<String, Map<String, String>> attributes,
			List<Kind> kinds) {

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	private record Kind(String name, int low, int high, Map<String, String> names,
			@Nullable Map<String, String> material, Map<String, String> description) {

	}

}
