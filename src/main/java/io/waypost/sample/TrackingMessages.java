package io.waypost.sample;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Creates messages in the format of Segment's HTTP API. */
final class TrackingMessages {

	/** The website of the shop; a reserved name that does not exist. */
	static final String SHOP = "https://fernweh-and-field.example";

	/** Topic of order messages; buyers consent to it. */
	private static final String SERVICE = "service";

	private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

	private final String pictures;

	private final String[] topics;

	/**
	 * Prepares the messages.
	 * @param baseUrl public URL of this installation, without a trailing slash
	 * @param topics topics that people are asked about
	 */
	TrackingMessages(String baseUrl, String... topics) {
		this.pictures = baseUrl + "/assets/catalogue/";
		this.topics = topics.clone();
	}

	String picture(SampleCatalogue.SampleProduct product) {
		return this.pictures + product.id() + ".png";
	}

	static String page(SampleCatalogue.SampleProduct product) {
		return SHOP + "/products/" + product.id();
	}

	ObjectNode product(SampleCatalogue.SampleProduct product, int quantity) {
		return JSON.objectNode()
			.put("product_id", product.id())
			.put("name", product.name())
			.put("category", product.category())
			.put("price", product.price())
			.put("currency", "EUR")
			.put("quantity", quantity)
			.put("image_url", picture(product))
			.put("url", page(product));
	}

	ShopperMessages of(SampleShopper shopper) {
		return new ShopperMessages(shopper);
	}

	/**
	 * Creates the messages of one shopper; their ids are numbered in the order of
	 * creation.
	 */
	final class ShopperMessages {

		private final SampleShopper shopper;

		private int count;

		private int carts;

		private ShopperMessages(SampleShopper shopper) {
			this.shopper = shopper;
		}

		String nextCart() {
			this.carts++;
			return "cart-" + this.shopper.number() + "-" + this.carts;
		}

		ObjectNode identify(Instant at) {
			ObjectNode message = message("identify", at);
			ObjectNode traits = message.putObject("traits")
				.put("email", this.shopper.email())
				.put("firstName", this.shopper.givenName())
				.put("lastName", this.shopper.familyName())
				.put("locale", this.shopper.locale())
				.put("timezone", this.shopper.timeZone());
			traits.putObject("address").put("country", this.shopper.country());
			switch (this.shopper.consent()) {
				case GRANTED, REVOKED -> consent(message, true);
				case DENIED -> consent(message, false);
				case NEVER_ASKED -> {
				}
			}
			if (this.shopper.orders() > 0) {
				preferences(message).put(SERVICE, true);
			}
			return message;
		}

		ObjectNode revocation(Instant at) {
			ObjectNode message = message("identify", at);
			message.putObject("traits");
			consent(message, false);
			return message;
		}

		/** Identifies only the time zone, without consents. */
		ObjectNode identifyTimeZone(Instant at) {
			ObjectNode message = message("identify", at);
			message.putObject("traits").put("timezone", this.shopper.timeZone());
			return message;
		}

		ObjectNode track(String event, Instant at, ObjectNode properties) {
			ObjectNode message = message("track", at).put("event", event);
			message.set("properties", properties);
			return message;
		}

		private void consent(ObjectNode message, boolean granted) {
			ObjectNode preferences = preferences(message);
			for (String topic : TrackingMessages.this.topics) {
				preferences.put(topic, granted);
			}
		}

		private static ObjectNode preferences(ObjectNode message) {
			return message.withObject("/context/consent/categoryPreferences");
		}

		private ObjectNode message(String type, Instant at) {
			this.count++;
			ObjectNode message = JSON.objectNode()
				.put("type", type)
				.put("messageId", "sample-%d-%d".formatted(this.shopper.number(), this.count))
				.put("userId", this.shopper.userId())
				.put("timestamp", at.truncatedTo(ChronoUnit.MILLIS).toString());
			ObjectNode context = message.putObject("context");
			context.put("locale", this.shopper.locale()).put("timezone", this.shopper.timeZone());
			context.putObject("device").put("type", (this.shopper.number() % 3 == 0) ? "desktop" : "mobile");
			return message;
		}

	}

}
