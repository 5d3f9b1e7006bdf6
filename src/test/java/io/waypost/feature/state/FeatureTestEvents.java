package io.waypost.feature.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.ingestion.Event;
import io.waypost.kernel.ProfileId;

/** Fixed and random events for tests. */
public final class FeatureTestEvents {

	public static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final List<String> NAMES = List.of("Product Viewed", "Product Added", "Product Added",
			"Product Removed", "Cart Viewed", "Checkout Started", "Order Completed", "Order Refunded", "Email Opened",
			"Email Link Clicked", "Product List Viewed", "Something Else");

	private static final List<String> AGENTS = List.of("Mozilla/5.0 (Windows NT 10.0)",
			"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148", "Mozilla/5.0 (iPad; CPU OS 18_0)",
			"analytics-java/3.5.2");

	private FeatureTestEvents() {
	}

	public static ProfileId profile() {
		return new ProfileId(UUID.randomUUID());
	}

	public static Event track(ProfileId profile, String name, Instant at, Map<String, ?> properties) {
		return event(profile, "track", name, JSON.valueToTree(properties), JSON.createObjectNode(), at, at);
	}

	public static Event identify(ProfileId profile, Instant at, Map<String, ?> traits, Map<String, ?> context) {
		return event(profile, "identify", "", JSON.valueToTree(traits), JSON.valueToTree(context), at, at);
	}

	public static Event page(ProfileId profile, Instant at, Map<String, ?> context) {
		return event(profile, "page", "Home", JSON.createObjectNode(), JSON.valueToTree(context), at, at);
	}

	static JsonNode json(String text) {
		try {
			return JSON.readTree(text);
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	/**
	 * Creates a random event from few carts, products, categories and times, so that
	 * events interact.
	 */
	public static Event any(ProfileId profile, RandomGenerator random) {
		Instant occurred = START.plus(Duration.ofHours(random.nextInt(24 * 120)))
			.plusSeconds(random.nextBoolean() ? 0 : random.nextInt(3));
		Duration delay = switch (random.nextInt(4)) {
			case 0 -> Duration.ofDays(random.nextInt(40));
			case 1 -> Duration.ofMinutes(random.nextInt(500));
			default -> Duration.ofMillis(random.nextInt(2000));
		};
		Instant received = occurred.plus(delay);
		if (random.nextInt(10) == 0) {
			return event(profile, "identify", "",
					JSON.valueToTree(Map.of("timezone", pick(random, "Europe/Paris", "Mars/Base"), "locale", "de_DE")),
					context(random), occurred, received);
		}
		return event(profile, "track", NAMES.get(random.nextInt(NAMES.size())), properties(random, occurred),
				context(random), occurred, received);
	}

	private static JsonNode properties(RandomGenerator random, Instant at) {
		var node = JSON.createObjectNode();
		if (random.nextInt(3) > 0) {
			node.put(pick(random, "cart_id", "checkout_id"), "c" + random.nextInt(3));
		}
		product(random).properties().forEach((field) -> node.set(field.getKey(), field.getValue()));
		if (random.nextInt(3) > 0) {
			var products = node.putArray("products");
			for (int count = random.nextInt(4); count > 0; count--) {
				products.add(product(random));
			}
		}
		long hour = Duration.between(START, at).toHours();
		if (hour % 2 == 0) {
			node.put("order_id", "o" + hour % 9);
		}
		if (random.nextBoolean()) {
			node.put("revenue", random.nextInt(10_000) / 100.0);
		}
		node.put("currency", pick(random, "EUR", "USD", "x"));
		node.put("deliveredAt", at.minusSeconds(random.nextInt(100_000)).toString());
		if (random.nextInt(8) == 0) {
			node.put("machine", true);
		}
		return node;
	}

	private static JsonNode product(RandomGenerator random) {
		var node = JSON.createObjectNode();
		if (random.nextInt(10) > 0) {
			node.put("product_id", "p" + random.nextInt(6));
		}
		node.put("name", pick(random, "Lamp", "Chair", "Ünïcode ✓ 椅子"));
		node.put("category", "cat" + random.nextInt(5));
		node.put("quantity", random.nextInt(5) - 1);
		if (random.nextBoolean()) {
			node.put("price", "%d.50".formatted(random.nextInt(90)));
		}
		return node;
	}

	private static JsonNode context(RandomGenerator random) {
		var node = JSON.createObjectNode();
		if (random.nextBoolean()) {
			node.put("userAgent", AGENTS.get(random.nextInt(AGENTS.size())));
			node.put("timezone", pick(random, "Europe/Berlin", "America/New_York"));
			node.put("locale", pick(random, "en-GB", "fr"));
		}
		return node;
	}

	private static String pick(RandomGenerator random, String... values) {
		return values[random.nextInt(values.length)];
	}

	private static Event event(ProfileId profile, String type, String name, JsonNode properties, JsonNode context,
			Instant occurred, Instant received) {
		return new Event(UUID.randomUUID(), profile, type, name, properties, context, occurred, received,
				UUID.randomUUID().toString());
	}

}
