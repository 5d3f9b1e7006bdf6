package io.waypost.feature.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.waypost.feature.CartItem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class CartStateTests {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private final CartState cart = new CartState();

	@Test
	void keepsTheLatestLineOfAProduct() {
		add("A", 3, 20);
		add("A", 1, 30);
		add("B", 1, 25);
		assertThat(items()).extracting(CartItem::productId, CartItem::quantity)
			.containsExactly(tuple("B", 1), tuple("A", 3));
	}

	@Test
	void ignoresALateRemoval() {
		add("A", 1, 10);
		remove("A", 20);
		assertThat(products()).containsExactly("A");
		remove("A", 5);
		assertThat(products()).isEmpty();
	}

	@Test
	void replacesTheCartByASnapshot() {
		add("A", 1, 60);
		add("C", 1, 10);
		snapshot(30, "B", "D");
		assertThat(products()).containsExactly("B", "D", "C");
	}

	@Test
	void ignoresLateEventsBeforeTheSnapshot() {
		snapshot(30, "B");
		add("A", 1, 60);
		assertThat(products()).containsExactly("B");
	}

	@Test
	void emptiesTheCartByAnEmptySnapshot() {
		add("A", 1, 60);
		snapshot(30);
		assertThat(products()).isEmpty();
	}

	@Test
	void isEmptyAfterAnOrderUntilSomethingIsAdded() {
		add("A", 1, 60);
		this.cart.closeUntil(at(50));
		add("B", 1, 55);
		assertThat(products()).isEmpty();
		add("C", 1, 40);
		assertThat(products()).containsExactly("C");
	}

	@Test
	void returnsTheCartWithTheLatestEvent() {
		this.cart.add(FeatureTestEvents.json("{\"cart_id\":\"old\",\"product_id\":\"A\"}"), at(20));
		this.cart.add(FeatureTestEvents.json("{\"checkout_id\":\"new\",\"product_id\":\"B\"}"), at(10));
		assertThat(items()).extracting(CartItem::cartId).containsExactly("new");
	}

	@Test
	void dropsACartAfterAMonth() {
		add("A", 1, 10);
		assertThat(this.cart.itemsAt(NOW.plus(Duration.ofDays(31)))).isEmpty();
	}

	@Test
	void readsProductDetailsFromTheEvent() {
		this.cart.add(FeatureTestEvents.json("""
				{"cart_id": 17, "product_id": "A", "name": " Lamp ", "price": "19.990", "currency": "eur",
				 "quantity": "2", "image_url": "https://shop.example/a.jpg", "url": "https://shop.example/a"}"""),
				at(1));
		assertThat(items()).containsExactly(new CartItem("17", "A", "Lamp", new java.math.BigDecimal("19.99"), "EUR", 2,
				"https://shop.example/a.jpg", "https://shop.example/a"));
	}

	@Test
	void ignoresEventsWithoutProduct() {
		this.cart.add(FeatureTestEvents.json("{\"cart_id\":\"c\",\"product_id\":{\"a\":1}}"), at(1));
		this.cart.snapshot(FeatureTestEvents.json("{\"cart_id\":\"c\",\"products\":\"many\"}"), at(1));
		this.cart.snapshot(FeatureTestEvents.json("{\"cart_id\":\"c\",\"products\":[1,null,{}]}"), at(1));
		assertThat(items()).isEmpty();
	}

	@Test
	void limitsTheSizeOfACart() {
		for (int number = 0; number < 1000; number++) {
			add("product " + number, 1, 1000 - number);
		}
		assertThat(items()).hasSize(CartState.MAX_LINES)
			.last()
			.extracting(CartItem::productId)
			.isEqualTo("product 999");
	}

	private void add(String product, int quantity, int minutesAgo) {
		this.cart.add(
				FeatureTestEvents
					.json("{\"cart_id\":\"c\",\"product_id\":\"%s\",\"quantity\":%d}".formatted(product, quantity)),
				at(minutesAgo));
	}

	private void remove(String product, int minutesAgo) {
		this.cart.remove(FeatureTestEvents.json("{\"cart_id\":\"c\",\"product_id\":\"%s\"}".formatted(product)),
				at(minutesAgo));
	}

	private void snapshot(int minutesAgo, String... products) {
		String lines = String.join(",",
				java.util.Arrays.stream(products).map("{\"product_id\":\"%s\"}"::formatted).toList());
		this.cart.snapshot(FeatureTestEvents.json("{\"cart_id\":\"c\",\"products\":[%s]}".formatted(lines)),
				at(minutesAgo));
	}

	private List<String> products() {
		return items().stream().map(CartItem::productId).toList();
	}

	private List<CartItem> items() {
		return this.cart.itemsAt(NOW);
	}

	private static long at(int minutesAgo) {
		return NOW.minus(Duration.ofMinutes(minutesAgo)).toEpochMilli();
	}

}
