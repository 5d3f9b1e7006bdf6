package io.waypost.feature.view;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.waypost.feature.CartItem;
import io.waypost.feature.Features;
import io.waypost.feature.LifecycleStage;
import io.waypost.feature.state.FeatureState;
import io.waypost.feature.state.FeatureTestEvents;
import io.waypost.ingestion.Event;
import io.waypost.kernel.ProfileId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class FeatureCalculatorTests {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private final ProfileId profile = FeatureTestEvents.profile();

	@Test
	void returnsEmptyFeaturesForAnEmptyState() {
		Features features = read();
		assertThat(features.lifecycleStage()).isEqualTo(LifecycleStage.PROSPECT);
		assertThat(features.engagementScore()).isZero();
		assertThat(features.cart()).isEmpty();
		assertThat(features.updatedAt()).isNull();
		assertThat(value(features, "purchase@v1", "recency_days")).isNull();
	}

	@Test
	void containsEveryFieldOfEveryViewOnce() {
		List<String> read = read().values().stream().map((value) -> value.view() + ":" + value.name()).toList();
		List<String> declared = FeatureViews.ALL.stream()
			.flatMap((view) -> view.fields().stream().map((field) -> view.reference() + ":" + field.name()))
			.toList();
		assertThat(read).containsExactlyInAnyOrderElementsOf(declared);
	}

	@Test
	void sumsOrdersInTheMainCurrency() {
		Features features = read(order(days(40), Map.of("revenue", 30, "currency", "EUR")),
				order(days(10), Map.of("total", "20.50", "currency", "eur")),
				order(days(20), Map.of("value", 12, "currency", "USD")),
				track("Order Refunded", days(5), Map.of("total", 10, "currency", "EUR")));
		assertThat(features.orderCount()).isEqualTo(3);
		assertThat(value(features, "purchase@v1", "monetary")).isEqualTo(new BigDecimal("40.50"));
		assertThat(value(features, "purchase@v1", "average_order_value")).isEqualTo(new BigDecimal("25.25"));
		assertThat(value(features, "purchase@v1", "currency")).isEqualTo("EUR");
		assertThat(value(features, "purchase@v1", "recency_days")).isEqualTo(10L);
		assertThat(value(features, "purchase@v1", "last_order_at")).isEqualTo(days(10));
	}

	@Test
	void sumsProductsOfAnOrderWithoutAmount() {
		Features features = read(order(days(1), Map.of("currency", "GBP", "products",
				List.of(Map.of("price", 2.5, "quantity", 4), Map.of("price", "1.10")))));
		assertThat(value(features, "purchase@v1", "monetary")).isEqualTo(new BigDecimal("11.10"));
	}

	@Test
	void ignoresImplausibleAmounts() {
		Features features = read(order(days(1), Map.of("revenue", "1e999999999")),
				order(days(1), Map.of("revenue", -5)), order(days(1), Map.of("revenue", "NaN")),
				order(days(1), Map.of("revenue", Double.NaN)));
		assertThat(features.orderCount()).isEqualTo(4);
		assertThat(value(features, "purchase@v1", "monetary")).isEqualTo(new BigDecimal("0.00"));
	}

	@Test
	void computesADecayingEngagementScore() {
		Event click = track("Email Link Clicked", NOW, Map.of());
		assertThat(read(click).engagementScore()).isBetween(28, 29);
		Features later = FeatureCalculator.of(this.profile, FeatureState.of(List.of(click)),
				NOW.plus(Duration.ofDays(30)));
		assertThat(later.engagementScore()).isBetween(15, 16);
		assertThat(value(later, "engagement@v1", "last_click_at")).isEqualTo(NOW);
	}

	@Test
	void limitsTheScoreToOneHundred() {
		Event[] clicks = new Event[200];
		java.util.Arrays.setAll(clicks, (index) -> track("Email Link Clicked", days(index % 5), Map.of()));
		assertThat(read(clicks).engagementScore()).isEqualTo(100);
	}

	@Test
	void excludesMachineEvents() {
		Features features = read(track("Email Opened", days(1), Map.of("machine", true)),
				track("Email Link Clicked", days(1), Map.of("machine", true)));
		assertThat(features.engagementScore()).isZero();
		assertThat(features.updatedAt()).isNull();
	}

	@Test
	void averagesTheTimeToOpen() {
		Features features = read(
				track("Email Opened", days(1), Map.of("deliveredAt", days(1).minusSeconds(60).toString())),
				track("Email Opened", days(2), Map.of("deliveredAt", days(2).minusSeconds(120).toString())),
				track("Email Opened", days(3), Map.of("deliveredAt", "yesterday")));
		assertThat(value(features, "engagement@v1", "average_seconds_to_open")).isEqualTo(90.0);
	}

	@Test
	void computesSmoothedCategoryShares() {
		Features features = read(track("Product Viewed", NOW, Map.of("category", "Lamps")),
				track("Product Added", NOW, Map.of("category", "Chairs", "product_id", "c1")));
		assertThat(features.categoryAffinity().keySet()).containsExactly("Chairs", "Lamps");
		assertThat(features.categoryAffinity().get("Chairs")).isCloseTo(3 / 7.0, within(0.02));
		assertThat(features.categoryAffinity().get("Lamps")).isCloseTo(1 / 7.0, within(0.02));
	}

	@Test
	void limitsTheNumberOfCategories() {
		FeatureState state = new FeatureState();
		for (int number = 0; number < 1000; number++) {
			state.apply(track("Product Viewed", NOW, Map.of("category", "category " + number)));
		}
		assertThat(state.encode().length).isLessThan(4000);
	}

	@Test
	void readsDeviceZoneAndLanguageFromVisits() {
		Features features = read(
				FeatureTestEvents.page(this.profile, days(3),
						Map.of("userAgent", "Mozilla/5.0 (Linux; Android 15) Mobile Safari", "timezone", "Asia/Tokyo",
								"locale", "ja_JP")),
				FeatureTestEvents.page(this.profile, days(9), Map.of("userAgent", "Mozilla/5.0 (X11; Linux)")));
		assertThat(features.device()).isEqualTo("mobile");
		assertThat(features.timeZone()).isEqualTo("Asia/Tokyo");
		assertThat(value(features, "locale@v1", "locale")).isEqualTo("ja-JP");
	}

	@Test
	void prefersAStatedZoneOverALaterObservedOne() {
		Features features = read(
				FeatureTestEvents.identify(this.profile, days(30), Map.of("timezone", "Europe/Lisbon"), Map.of()),
				FeatureTestEvents.page(this.profile, days(1), Map.of("timezone", "Asia/Tokyo")),
				FeatureTestEvents.identify(this.profile, days(0), Map.of("timezone", "Not/AZone"), Map.of()));
		assertThat(features.timeZone()).isEqualTo("Europe/Lisbon");
	}

	@Test
	void expiresADeviceAfterAYear() {
		Features features = read(
				FeatureTestEvents.page(this.profile, days(400), Map.of("userAgent", "Mozilla/5.0 (X11; Linux)")));
		assertThat(features.device()).isNull();
	}

	@Test
	void computesTheCartValue() {
		Features features = read(add("A", 2, "10.25", hours(2)), add("B", 1, "4.00", hours(1)));
		assertThat(features.cart()).extracting(CartItem::productId).containsExactly("A", "B");
		assertThat(value(features, "cart@v1", "cart_value")).isEqualTo(new BigDecimal("24.50"));
		assertThat(value(features, "cart@v1", "cart_item_count")).isEqualTo(3);
		assertThat(value(features, "cart@v1", "cart_currency")).isEqualTo("EUR");
	}

	@Test
	void hasNoCartValueWithoutPrices() {
		Features features = read(
				track("Product Added", hours(1), Map.of("cart_id", "c", "product_id", "A", "quantity", 2)));
		assertThat(value(features, "cart@v1", "cart_value")).isNull();
		assertThat(value(features, "cart@v1", "cart_item_count")).isEqualTo(2);
	}

	@Test
	void describesEveryViewForTheApi() {
		assertThat(FeatureViews.ALL).allSatisfy((view) -> {
			assertThat(view.reference()).matches("[a-z]+@v[1-9]");
			assertThat(view.fields()).isNotEmpty().allSatisfy((field) -> assertThat(field.description()).isNotBlank());
		});
	}

	private Features read(Event... events) {
		return FeatureCalculator.of(this.profile, FeatureState.of(List.of(events)), NOW);
	}

	private Event add(String product, int quantity, String price, Instant at) {
		return track("Product Added", at,
				Map.of("cart_id", "c", "product_id", product, "quantity", quantity, "price", price, "currency", "EUR"));
	}

	private Event order(Instant at, Map<String, ?> properties) {
		return track("Order Completed", at, properties);
	}

	private Event track(String name, Instant at, Map<String, ?> properties) {
		return FeatureTestEvents.track(this.profile, name, at, properties);
	}

	private static Instant days(int ago) {
		return NOW.minus(Duration.ofDays(ago));
	}

	private static Instant hours(int ago) {
		return NOW.minus(Duration.ofHours(ago));
	}

	private static Object value(Features features, String view, String name) {
		return features.values()
			.stream()
			.filter((value) -> value.view().equals(view) && value.name().equals(name))
			.findFirst()
			.orElseThrow()
			.value();
	}

}
