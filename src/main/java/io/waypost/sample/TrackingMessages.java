package io.waypost.sample;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Builds messages in the form of Segment's HTTP API. */
final class TrackingMessages {

	/** The shop's own pages; a reserved name, so that nothing leaves the machine. */
	static final String SHOP = "https://fernweh-and-field.example";

	/** Whoever buys agrees to hear about the order. */
	private static final String SERVICE = "service";

	private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

	private final String pictures;

	private final String[] topics;

	/**
	 * Prepares the form.
	 * @param baseUrl where this installation can be reached, without a slash at the end
	 * @param topics what people are asked about
	 */
	TrackingMessages(String baseUrl, String... topics) {
		this.pictures = baseUrl + "/assets/catalogue/";
		this.topics = topics.clone();
	}

	String picture(SampleCatalogue.SampleProduct goods) {
		return this.pictures + goods.id() + ".png";
	}

	static String page(SampleCatalogue.SampleProduct goods) {
		return SHOP + "/products/" + goods.id();
	}

	ObjectNode product(SampleCatalogue.SampleProduct goods, int quantity) {
		return JSON.objectNode()
			.put("product_id", goods.id())
			.put("name", goods.name())
			.put("category", goods.category())
			.put("price", goods.price())
			.put("currency", "EUR")
			.put("quantity", quantity)
			.put("image_url", picture(goods))
			.put("url", page(goods));
	}

	ShopperMessages writer(SampleShopper shopper) {
		return new ShopperMessages(shopper);
	}

	/** Writes the messages of one shopper; ids follow from the order of writing. */
	final class ShopperMessages {

		private final SampleShopper shopper;

		private int written;

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
				case GRANTED, REVOKED -> answer(message, true);
				case DENIED -> answer(message, false);
				case NEVER_ASKED -> {
				}
			}
			if (this.shopper.orders() > 0) {
				preferences(message).put(SERVICE, true);
			}
			return message;
		}

		ObjectNode withdrawal(Instant at) {
			ObjectNode message = message("identify", at);
			message.putObject("traits");
			answer(message, false);
			return message;
		}

		ObjectNode track(String event, Instant at, ObjectNode properties) {
			ObjectNode message = message("track", at).put("event", event);
			message.set("properties", properties);
			return message;
		}

		private void answer(ObjectNode message, boolean yes) {
			ObjectNode preferences = preferences(message);
			for (String topic : TrackingMessages.this.topics) {
				preferences.put(topic, yes);
			}
		}

		private static ObjectNode preferences(ObjectNode message) {
			return message.withObject("/context/consent/categoryPreferences");
		}

		private ObjectNode message(String type, Instant at) {
			this.written++;
			ObjectNode message = JSON.objectNode()
				.put("type", type)
				.put("messageId", "sample-%d-%d".formatted(this.shopper.number(), this.written))
				.put("userId", this.shopper.userId())
				.put("timestamp", at.truncatedTo(ChronoUnit.MILLIS).toString());
			ObjectNode context = message.putObject("context");
			context.put("locale", this.shopper.locale()).put("timezone", this.shopper.timeZone());
			context.putObject("device").put("type", (this.shopper.number() % 3 == 0) ? "desktop" : "mobile");
			return message;
		}

	}

}
