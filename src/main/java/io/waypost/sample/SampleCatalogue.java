package io.waypost.sample;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import com.fasterxml.jackson.databind.json.JsonMapper;

/** Products of the sample shop: the same on every machine. */
final class SampleCatalogue {

	private static final long SEED = 0x57A7_9057;

	private static final int MODELS_PER_KIND = 4;

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
			SampleProduct item = new SampleProduct(id, name, category.name(), BigDecimal.valueOf(whole * 100L - 5, 2),
					kind.glyph(), category.hue() + random.nextInt(-14, 15));
			this.products.put(id, item);
			this.byCategory.computeIfAbsent(category.name(), key -> new ArrayList<>()).add(item);
		}
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
	 */
	record SampleProduct(String id, String name, String category, BigDecimal price, String glyph, int hue) {

	}

	private record Plan(List<String> models, List<Category> categories) {

	}

	private record Category(String name, int hue, List<Kind> kinds) {

	}

	private record Kind(String name, int low, int high, String glyph) {

	}

}
