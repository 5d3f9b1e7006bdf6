package io.waypost.sample;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Creates the past events of a shopper, as the website of the shop would have sent them.
 */
final class ShopperHistory {

	private static final long SEED = 0x4157_0171;

	private static final Duration NEWSLETTER_EVERY = Duration.ofDays(42);

	private final SampleCatalogue catalogue;

	private final TrackingMessages messages;

	ShopperHistory(SampleCatalogue catalogue, TrackingMessages messages) {
		this.catalogue = catalogue;
		this.messages = messages;
	}

	/**
	 * Creates the messages of a shopper, oldest first; they are the same for equal
	 * shoppers.
	 * @param shopper the shopper
	 * @return messages in the format of Segment's HTTP API
	 */
	List<ObjectNode> of(SampleShopper shopper) {
		SplittableRandom random = new SplittableRandom(SEED + shopper.number());
		TrackingMessages.ShopperMessages messages = this.messages.of(shopper);
		List<ObjectNode> history = new ArrayList<>();
		history.add(messages.identify(shopper.signedUp()));
		history.add(messages.track("Signed Up", shopper.signedUp().plusSeconds(20), noProperties()));
		List<Instant> visits = visits(shopper, random);
		for (int visit = 0; visit < visits.size(); visit++) {
			visit(history, messages, shopper, visits.get(visit), visit < shopper.orders(), random);
		}
		newsletters(history, messages, shopper, random);
		if (shopper.consent() == SampleShopper.ShopperConsent.REVOKED) {
			history.add(messages.revocation(shopper.lastVisit().plusSeconds(900)));
		}
		history.sort(Comparator.comparing((ObjectNode message) -> message.get("timestamp").textValue()));
		return history;
	}

	/**
	 * Spreads visits evenly with some randomness; shoppers who never buy have at least
	 * one.
	 */
	private static List<Instant> visits(SampleShopper shopper, SplittableRandom random) {
		int count = shopper.orders() + random.nextInt(1, 3);
		long seconds = Duration.between(shopper.signedUp(), shopper.lastVisit()).toSeconds();
		return IntStream.rangeClosed(1, count)
			.mapToObj((i) -> shopper.signedUp()
				.plusSeconds(120 + (long) ((seconds - 120) * (i - random.nextDouble() * 0.6) / count)))
			.toList();
	}

	private void visit(List<ObjectNode> history, TrackingMessages.ShopperMessages messages, SampleShopper shopper,
			Instant at, boolean buys, SplittableRandom random) {
		List<SampleCatalogue.SampleProduct> viewed = IntStream.rangeClosed(1, random.nextInt(1, 4))
			.mapToObj((i) -> randomProduct(shopper, random))
			.distinct()
			.toList();
		Instant time = at;
		for (SampleCatalogue.SampleProduct product : viewed) {
			history.add(messages.track("Product Viewed", time, this.messages.product(product, 1)));
			time = time.plusSeconds(random.nextInt(15, 90));
		}
		if (buys || random.nextInt(4) == 0) {
			cart(history, messages, viewed, time, buys, random);
		}
	}

	private void cart(List<ObjectNode> history, TrackingMessages.ShopperMessages messages,
			List<SampleCatalogue.SampleProduct> viewed, Instant at, boolean buys, SplittableRandom random) {
		String cart = messages.nextCart();
		ArrayNode lines = JsonNodeFactory.instance.arrayNode();
		BigDecimal total = BigDecimal.ZERO;
		Instant time = at;
		for (SampleCatalogue.SampleProduct product : viewed.subList(0, random.nextInt(1, viewed.size() + 1))) {
			int quantity = (random.nextInt(8) == 0) ? 2 : 1;
			ObjectNode line = this.messages.product(product, quantity);
			history.add(messages.track("Product Added", time, line.deepCopy().put("cart_id", cart)));
			lines.add(line);
			total = total.add(product.price().multiply(BigDecimal.valueOf(quantity)));
			time = time.plusSeconds(random.nextInt(10, 60));
		}
		if (buys) {
			ObjectNode order = noProperties().put("order_id", cart.replace("cart", "order")).put("cart_id", cart);
			order.put("total", total).put("revenue", total).put("currency", "EUR").set("products", lines);
			history.add(messages.track("Order Completed", time.plusSeconds(120), order));
		}
	}

	private SampleCatalogue.SampleProduct randomProduct(SampleShopper shopper, SplittableRandom random) {
		List<String> categories = this.catalogue.categories();
		String category = (random.nextInt(10) < 6) ? shopper.favourite()
				: categories.get(random.nextInt(categories.size()));
		List<SampleCatalogue.SampleProduct> products = this.catalogue.productsIn(category);
		return products.get(random.nextInt(products.size()));
	}

	/**
	 * Shoppers with consent received a newsletter every six weeks; active ones open more
	 * of them.
	 */
	private void newsletters(List<ObjectNode> history, TrackingMessages.ShopperMessages messages, SampleShopper shopper,
			SplittableRandom random) {
		if (shopper.consent() != SampleShopper.ShopperConsent.GRANTED
				&& shopper.consent() != SampleShopper.ShopperConsent.REVOKED) {
			return;
		}
		int interest = switch (shopper.persona()) {
			case FAN -> 80;
			case REGULAR, NEWCOMER -> 55;
			case PROSPECT -> 35;
			case QUIET -> 22;
			case GONE -> 12;
		};
		for (Instant sent = shopper.signedUp().plus(NEWSLETTER_EVERY); sent
			.isBefore(shopper.lastVisit()); sent = sent.plus(NEWSLETTER_EVERY)) {
			newsletter(history, messages, sent, interest, random);
		}
	}

	private static void newsletter(List<ObjectNode> history, TrackingMessages.ShopperMessages messages, Instant sent,
			int interest, SplittableRandom random) {
		ObjectNode about = noProperties().put("campaign_name", "Monthly letter");
		history.add(messages.track("Email Delivered", sent, about));
		if (random.nextInt(100) < interest) {
			Instant opened = sent.plusSeconds(random.nextInt(120, 40_000));
			history.add(messages.track("Email Opened", opened, about));
			if (random.nextInt(100) < interest / 2) {
				history.add(messages.track("Email Link Clicked", opened.plusSeconds(random.nextInt(5, 90)), about));
			}
		}
	}

	private static ObjectNode noProperties() {
		return JsonNodeFactory.instance.objectNode();
	}

}
