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

/** Writes down what one shopper did, as the shop's site would have sent it. */
final class ShopperHistory {

	private static final long SEED = 0x4157_0171;

	private static final Duration NEWSLETTER_EVERY = Duration.ofDays(42);

	private final SampleCatalogue assortment;

	private final TrackingMessages messages;

	ShopperHistory(SampleCatalogue assortment, TrackingMessages messages) {
		this.assortment = assortment;
		this.messages = messages;
	}

	/**
	 * One shopper's messages, oldest first; the same shopper gives the same messages.
	 * @param shopper who
	 * @return messages in the form of Segment's HTTP API
	 */
	List<ObjectNode> of(SampleShopper shopper) {
		SplittableRandom random = new SplittableRandom(SEED + shopper.number());
		TrackingMessages.ShopperMessages writer = this.messages.writer(shopper);
		List<ObjectNode> history = new ArrayList<>();
		history.add(writer.identify(shopper.signedUp()));
		history.add(writer.track("Signed Up", shopper.signedUp().plusSeconds(20), noProperties()));
		List<Instant> visits = visits(shopper, random);
		for (int visit = 0; visit < visits.size(); visit++) {
			visit(history, writer, shopper, visits.get(visit), visit < shopper.orders(), random);
		}
		newsletters(history, writer, shopper, random);
		if (shopper.consent() == SampleShopper.ShopperConsent.REVOKED) {
			history.add(writer.withdrawal(shopper.lastVisit().plusSeconds(900)));
		}
		history.sort(Comparator.comparing((ObjectNode message) -> message.get("timestamp").textValue()));
		return history;
	}

	/**
	 * Evenly spread with some chance in it; at least one visit, also for who never buys.
	 */
	private static List<Instant> visits(SampleShopper shopper, SplittableRandom random) {
		int count = shopper.orders() + random.nextInt(1, 3);
		long seconds = Duration.between(shopper.signedUp(), shopper.lastVisit()).toSeconds();
		return IntStream.rangeClosed(1, count)
			.mapToObj((i) -> shopper.signedUp()
				.plusSeconds(120 + (long) ((seconds - 120) * (i - random.nextDouble() * 0.6) / count)))
			.toList();
	}

	private void visit(List<ObjectNode> history, TrackingMessages.ShopperMessages writer, SampleShopper shopper,
			Instant at, boolean buys, SplittableRandom random) {
		List<SampleCatalogue.SampleProduct> seen = IntStream.rangeClosed(1, random.nextInt(1, 4))
			.mapToObj((i) -> goods(shopper, random))
			.distinct()
			.toList();
		Instant time = at;
		for (SampleCatalogue.SampleProduct goods : seen) {
			history.add(writer.track("Product Viewed", time, this.messages.product(goods, 1)));
			time = time.plusSeconds(random.nextInt(15, 90));
		}
		if (buys || random.nextInt(4) == 0) {
			cart(history, writer, seen, time, buys, random);
		}
	}

	private void cart(List<ObjectNode> history, TrackingMessages.ShopperMessages writer,
			List<SampleCatalogue.SampleProduct> seen, Instant at, boolean buys, SplittableRandom random) {
		String cart = writer.nextCart();
		ArrayNode lines = JsonNodeFactory.instance.arrayNode();
		BigDecimal total = BigDecimal.ZERO;
		Instant time = at;
		for (SampleCatalogue.SampleProduct goods : seen.subList(0, random.nextInt(1, seen.size() + 1))) {
			int quantity = (random.nextInt(8) == 0) ? 2 : 1;
			ObjectNode line = this.messages.product(goods, quantity);
			history.add(writer.track("Product Added", time, line.deepCopy().put("cart_id", cart)));
			lines.add(line);
			total = total.add(goods.price().multiply(BigDecimal.valueOf(quantity)));
			time = time.plusSeconds(random.nextInt(10, 60));
		}
		if (buys) {
			ObjectNode order = noProperties().put("order_id", cart.replace("cart", "order")).put("cart_id", cart);
			order.put("total", total).put("revenue", total).put("currency", "EUR").set("products", lines);
			history.add(writer.track("Order Completed", time.plusSeconds(120), order));
		}
	}

	private SampleCatalogue.SampleProduct goods(SampleShopper shopper, SplittableRandom random) {
		List<String> categories = this.assortment.categories();
		String category = (random.nextInt(10) < 6) ? shopper.favourite()
				: categories.get(random.nextInt(categories.size()));
		List<SampleCatalogue.SampleProduct> shelf = this.assortment.productsIn(category);
		return shelf.get(random.nextInt(shelf.size()));
	}

	/** Who said yes got a newsletter a month; who is still about reads more of them. */
	private void newsletters(List<ObjectNode> history, TrackingMessages.ShopperMessages writer, SampleShopper shopper,
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
			newsletter(history, writer, sent, interest, random);
		}
	}

	private static void newsletter(List<ObjectNode> history, TrackingMessages.ShopperMessages writer, Instant sent,
			int interest, SplittableRandom random) {
		ObjectNode about = noProperties().put("campaign_name", "Monthly letter");
		history.add(writer.track("Email Delivered", sent, about));
		if (random.nextInt(100) < interest) {
			Instant opened = sent.plusSeconds(random.nextInt(120, 40_000));
			history.add(writer.track("Email Opened", opened, about));
			if (random.nextInt(100) < interest / 2) {
				history.add(writer.track("Email Link Clicked", opened.plusSeconds(random.nextInt(5, 90)), about));
			}
		}
	}

	private static ObjectNode noProperties() {
		return JsonNodeFactory.instance.objectNode();
	}

}
