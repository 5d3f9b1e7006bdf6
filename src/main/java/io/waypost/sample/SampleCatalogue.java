package io.waypost.sample;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waypost.content.fact.ProductDetails;
import org.jspecify.annotations.Nullable;

/** Products of the sample shop: the same on every machine. */
final class SampleCatalogue {

	private static final long SEED = 0x57A7_9057;

	private static final int MODELS_PER_KIND = 4;

	private static final int SALE_ONE_IN = 12;

	private static final int OUT_OF_STOCK_ONE_IN = 16;

	/** Launch date of the newest products. */
	private static final LocalDate NEWEST = LocalDate.of(2026, 11, 15);

	private final Map<String, SampleProduct> products = new LinkedHashMap<>();

	private final Map<String, List<SampleProduct>> byCategory = new LinkedHashMap<>();

	SampleCatalogue() {
		Plan plan = read();
		SplittableRandom random = new SplittableRandom(SEED);
		for (Category category : plan.categories()) {
			for (Kind kind : category.kinds()) {
				addProducts(plan, category, kind, random.split());
			}
		}
	}

	/**
	 * Returns all products.
	 * @return 224 products
	 */
	List<SampleProduct> all() {
		return List.copyOf(this.products.values());
	}

	Optional<SampleProduct> find(String id) {
		return Optional.ofNullable(this.products.get(id));
	}

	List<String> categories() {
		return List.copyOf(this.byCategory.keySet());
	}

	List<SampleProduct> productsIn(String category) {
		return this.byCategory.getOrDefault(category, List.of());
	}

	private void addProducts(Plan plan, Category category, Kind kind, SplittableRandom random) {
		int first = random.nextInt(plan.models().size());
		for (int i = 0; i < MODELS_PER_KIND; i++) {
			String model = plan.models().get((first + i * 7) % plan.models().size());
			String name = model + " " + kind.name();
			int whole = random.nextInt(kind.low(), kind.high() + 1);
			String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
			BigDecimal price = BigDecimal.valueOf(whole * 100L - 5, 2);
			SampleProduct item = new SampleProduct(id, name, category.name(), price, kind.glyph(),
					category.hue() + random.nextInt(-14, 15), details(model, kind, category, price, id));
			this.products.put(id, item);
			this.byCategory.computeIfAbsent(category.name(), key -> new ArrayList<>()).add(item);
		}
	}

	/**
	 * Makes the facts of a product. They come from a generator of their own, so that they
	 * do not change prices and pictures.
	 */
	private static ProductDetails details(String model, Kind kind, Category category, BigDecimal price, String id) {
		SplittableRandom random = new SplittableRandom(SEED ^ id.hashCode());
		Map<String, Map<String, String>> attributes = new TreeMap<>(category.attributes());
		if (kind.material() != null) {
			attributes.put("material", kind.material());
		}
		Map<String, String> names = Map.of("en", model + " " + kind.name(), "de", model + " " + kind.names().get("de"),
				"fr", kind.names().get("fr") + " " + model);
		ProductDetails.SalePrice sale = (random.nextInt(SALE_ONE_IN) == 0)
				? new ProductDetails.SalePrice(price.multiply(BigDecimal.valueOf(100L - random.nextInt(10, 31)))
					.movePointLeft(2)
					.setScale(2, RoundingMode.HALF_UP), null, null)
				: null;
		ProductDetails.ProductRating rating = (random.nextInt(5) == 0) ? null : new ProductDetails.ProductRating(
				BigDecimal.valueOf(random.nextInt(36, 50), 1), random.nextInt(3, 220));
		int stock = (random.nextInt(OUT_OF_STOCK_ONE_IN) == 0) ? 0 : random.nextInt(1, 120);
		return new ProductDetails(kind.name(), model, names, kind.description(), attributes,
				NEWEST.minusDays(random.nextInt(900)), sale, rating, stock, List.of());
	}

	/** Returns the names of the categories by language. */
	Map<String, Map<String, String>> categoryNames() {
		return read().categories().stream().collect(Collectors.toMap(Category::name, Category::names));
	}

	private static Plan read() {
		try (InputStream in = SampleResource.open("catalogue.json")) {
			return JsonMapper.builder().build().readValue(in, Plan.class);
		}
		catch (IOException ex) {
			throw new IllegalStateException("The sample catalogue cannot be read", ex);
		}
	}

	/**
	 * A product.
	 *
	 * @param id the shop's id, also its page name
	 * @param name as shown
	 * @param category top-level category
	 * @param price in euros
	 * @param glyph name of its silhouette
	 * @param hue hue of its picture in degrees
	 * @param details more facts
	 */
	record SampleProduct(String id, String name, String category, BigDecimal price, String glyph, int hue,
			ProductDetails details) {

	}

	private record Plan(List<String> models, List<Category> categories) {

	}

	private record Category(String name, int hue, Map<String, String> names,
			Map<String, Map<String, String>> attributes, List<Kind> kinds) {

	}

	private record Kind(String name, int low, int high, String glyph, Map<String, String> names,
			@Nullable Map<String, String> material, Map<String, String> description) {

	}

}
