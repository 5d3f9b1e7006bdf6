package io.waypost.bench;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Visitors of a shop as a seeded stream of batches. Of 100 events about 55 are pages and
 * product views, 25 carts and checkouts, 8 orders of three lines, 7 searches, 5
 * identifies. 60 % come from signed-in visitors (userId and anonymousId), 40 % from
 * anonymous browsers. 2 % of the events add a new browser, 1 % a new person with name,
 * address and phone, 1 % a sign-in that merges a browser's history into a known profile.
 */
final class VisitorSimulator {

	static final String MIX = "55 % views, 25 % carts, 8 % orders, 7 % searches, 5 % identifies; 60 % signed in; "
			+ "2 % new browsers, 1 % new people, 1 % merging sign-ins";

	private static final String CONTEXT = "{\"ip\":\"203.0.113.%d\",\"locale\":\"en-GB\",\"timezone\":\"Europe/London\","
			+ "\"userAgent\":\"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36\","
			+ "\"library\":{\"name\":\"analytics.js\",\"version\":\"2.11.1\"},"
			+ "\"page\":{\"path\":\"/products/%d\",\"url\":\"https://shop.example/products/%d\",\"title\":\"Product\"}}";

	private final Random random;

	private final String name;

	private final String run;

	private final int people;

	private int newPeople;

	private int events;

	VisitorSimulator(String name, long seed, String run, int people) {
		this.name = name;
		this.run = run;
		this.random = new Random(seed);
		this.people = people;
	}

	/** Returns one body for {@code /v1/batch}. */
	byte[] batch(int size) {
		StringBuilder body = new StringBuilder(64 * 1024).append("{\"batch\":[");
		for (int i = 0; i < size; i++) {
			body.append((i > 0) ? "," : "").append(event());
		}
		return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
	}

	/** Returns one body that identifies people of the shop. */
	byte[] introduction(int from, int to) {
		StringBuilder body = new StringBuilder(64 * 1024).append("{\"batch\":[");
		for (int i = from; i < to; i++) {
			body.append((i > from) ? "," : "").append(identify("u" + this.name + i, "d" + this.name + i, i));
		}
		return body.append("]}").toString().getBytes(StandardCharsets.UTF_8);
	}

	private String event() {
		int draw = this.random.nextInt(100);
		int person = this.random.nextInt(this.people);
		String ids = ids(person);
		if (draw < 55) {
			return track(ids, "Product Viewed", product(1, false));
		}
		if (draw < 80) {
			return track(ids, (draw < 72) ? "Product Added" : "Checkout Started",
					"\"cart_id\":\"c" + person + "\"," + product(1, true));
		}
		if (draw < 88) {
			return track(ids, "Order Completed", "\"order_id\":\"o%d\",\"total\":59.85,\"currency\":\"GBP\",\"products\":[{%s},{%s},{%s}]"
				.formatted(this.random.nextInt(), product(1, true), product(2, true), product(3, true)));
		}
		if (draw < 95) {
			return track(ids, "Products Searched", "\"query\":\"blue teapot\"");
		}
		return identify();
	}

	private String identify() {
		int draw = this.random.nextInt(5);
		if (draw == 0) {
			int newPerson = this.newPeople++;
			return identify("n" + this.run + this.name + newPerson, "nd" + this.run + this.name + newPerson, newPerson);
		}
		int person = this.random.nextInt(this.people);
		if (draw == 1) {
			// A known browser: its history is merged into the person's profile
			return identify("u" + this.name + person, "b" + this.run + this.name + Math.max(0, this.newPeople * 2 - 1), person);
		}
		return identify("u" + this.name + person, "d" + this.name + person, person);
	}

	private String ids(int person) {
		int draw = this.random.nextInt(100);
		if (draw < 60) {
			return "\"userId\":\"u%1$s%2$d\",\"anonymousId\":\"d%1$s%2$d\"".formatted(this.name, person);
		}
		// There are twice as many new browsers as new people
		int browser = (draw < 62) ? this.newPeople * 2 : this.random.nextInt(this.newPeople * 2 + 1);
		return "\"anonymousId\":\"b%s%d\"".formatted(this.run + this.name, browser);
	}

	private String track(String ids, String event, String properties) {
		return "{\"type\":\"track\",\"messageId\":\"%s-%d-%016x\",%s,\"event\":\"%s\",\"timestamp\":\"2026-03-01T10:00:00.000Z\",\"properties\":{%s},\"context\":%s}"
			.formatted(this.run + this.name, this.events++, this.random.nextLong(), ids, event, properties, context());
	}

	private String identify(String user, String device, int number) {
		return "{\"type\":\"identify\",\"messageId\":\"%s-%d-%016x\",\"userId\":\"%s\",\"anonymousId\":\"%s\",\"timestamp\":\"2026-03-01T10:00:00.000Z\",\"traits\":{\"email\":\"%s@example.com\",\"firstName\":\"Jane%d\",\"lastName\":\"Doe\",\"phone\":\"+44 20 7946 %04d\",\"address\":{\"country\":\"GB\",\"city\":\"London\"},\"plan\":\"pro\"},\"context\":%s}"
			.formatted(this.run + this.name, this.events++, this.random.nextLong(), user, device, user, number, number % 10000,
					context());
	}

	private String product(int quantity, boolean priced) {
		int product = this.random.nextInt(500);
		return "\"product_id\":\"p%d\",\"sku\":\"S-%d\",\"name\":\"Regency teapot %d\",\"category\":\"Kitchen\",\"quantity\":%d,\"price\":%s"
			.formatted(product, product, product, quantity, priced ? "19.95" : "12.5");
	}

	private String context() {
		int product = this.random.nextInt(500);
		return CONTEXT.formatted(product % 250, product, product);
	}

}
