package io.waypost.feature.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

import io.waypost.feature.CartItem;
import io.waypost.feature.EngagedHours;
import io.waypost.feature.FeatureValue;
import io.waypost.feature.FeatureView;
import io.waypost.feature.Features;
import io.waypost.feature.LifecycleStage;
import io.waypost.feature.lifecycle.LifecycleRules;
import io.waypost.feature.state.EngagementState;
import io.waypost.feature.state.FeatureState;
import io.waypost.feature.state.LatestValue;
import io.waypost.feature.state.PurchaseState.CurrencyTotals;
import io.waypost.feature.state.PurchaseState.OrderHistory;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/** Calculates the features of a state at a moment, including decay. */
public final class FeatureCalculator {

	private final FeatureState state;

	private final Instant moment;

	private final List<FeatureValue> values = new ArrayList<>();

	private FeatureCalculator(FeatureState state, Instant moment) {
		this.state = state;
		this.moment = moment;
	}

	public static Features of(ProfileId profile, FeatureState state, Instant moment) {
		return new FeatureCalculator(state, moment).read(profile);
	}

	private Features read(ProfileId profile) {
		OrderHistory orders = this.state.purchase().orderHistory();
		LifecycleStage stage = LifecycleRules.stageAt(orders, this.moment);
		Map<String, Double> affinity = this.state.affinity().sharesAt(this.moment);
		List<CartItem> cart = this.state.cart().itemsAt(this.moment);
		int score = this.state.engagement().scoreAt(this.moment);
		readPurchase(orders);
		readEngagement(score);
		readAffinity(affinity);
		readLifecycle(orders, stage);
		String device = readText(FeatureViews.DEVICE, "device", this.state.device());
		String zone = readText(FeatureViews.LOCALE, "time_zone", this.state.timeZone());
		readText(FeatureViews.LOCALE, "locale", this.state.locale());
		readCart(cart);
		EngagedHours hours = readHours();
		return new Features(profile, this.moment, newest(), stage, score, orders.orders(), affinity, cart, zone, device,
				hours, List.copyOf(this.values));
	}

	private void readPurchase(OrderHistory orders) {
		Map.Entry<String, CurrencyTotals> main = this.state.purchase().mainCurrency();
		CurrencyTotals sums = (main != null) ? main.getValue() : null;
		Instant last = instant(orders.lastAt());
		FeatureView view = FeatureViews.PURCHASE;
		add(view, "order_count", orders.orders(), last);
		add(view, "recency_days", (last != null) ? Duration.between(last, this.moment).toDays() : null, last);
		add(view, "monetary", (sums != null) ? money(sums.net()) : null, last);
		add(view, "average_order_value", (sums != null) ? sums.averageOrderValue() : null, last);
		add(view, "currency", (main != null && !main.getKey().isEmpty()) ? main.getKey() : null, last);
		add(view, "first_order_at", instant(orders.firstAt()), last);
		add(view, "last_order_at", last, last);
	}

	private void readEngagement(int score) {
		EngagementState engagement = this.state.engagement();
		Instant newest = instant(engagement.newest());
		FeatureView view = FeatureViews.ENGAGEMENT;
		add(view, "engagement_score", score, newest);
		add(view, "opens", rounded(engagement.opensAt(this.moment)), newest);
		add(view, "clicks", rounded(engagement.clicksAt(this.moment)), newest);
		add(view, "last_open_at", instant(engagement.lastOpenAt()), newest);
		add(view, "last_click_at", instant(engagement.lastClickAt()), newest);
		add(view, "average_seconds_to_open", engagement.averageSecondsToOpen(), newest);
	}

	private void readAffinity(Map<String, Double> shares) {
		add(FeatureViews.AFFINITY, "category_affinity", shares.isEmpty() ? null : shares,
				instant(this.state.affinity().newest()));
	}

	private void readLifecycle(OrderHistory orders, LifecycleStage stage) {
		Instant last = instant(orders.lastAt());
		add(FeatureViews.LIFECYCLE, "stage", stage.name(), last);
		add(FeatureViews.LIFECYCLE, "usual_interval_days",
				(orders.orders() > 0) ? LifecycleRules.usualInterval(orders).toDays() : null, last);
	}

	private @Nullable String readText(FeatureView view, String name, LatestValue latest) {
		FeatureValue value = add(view, name, latest.value(), instant(latest.newest()));
		return (String) value.value();
	}

	private EngagedHours readHours() {
		EngagedHours hours = this.state.hours().hours();
		add(FeatureViews.RHYTHM, "engaged_hours", (hours.total() > 0) ? hours.toMap() : null,
				instant(this.state.hours().newest()));
		return hours;
	}

	private void readCart(List<CartItem> cart) {
		Instant newest = instant(this.state.cart().newest());
		FeatureView view = FeatureViews.CART;
		String currency = cart.isEmpty() ? null : cart.getFirst().currency();
		add(view, "cart", cart.isEmpty() ? null : cart, newest);
		add(view, "cart_item_count", cart.stream().mapToInt(CartItem::quantity).sum(), newest);
		add(view, "cart_value", cart.isEmpty() ? null : value(cart, currency), newest);
		add(view, "cart_currency", currency, newest);
	}

	/** Value of the cart; null if no event contained a price. */
	private static @Nullable BigDecimal value(List<CartItem> cart, @Nullable String currency) {
		BigDecimal value = null;
		for (CartItem item : cart) {
			BigDecimal price = item.price();
			if (price != null && Objects.equals(currency, item.currency())) {
				BigDecimal line = price.multiply(BigDecimal.valueOf(item.quantity()));
				value = (value != null) ? value.add(line) : line;
			}
		}
		return (value != null) ? money(value) : null;
	}

	/** Values whose newest event is older than the view's ttl are null. */
	private FeatureValue add(FeatureView view, String name, @Nullable Object value, @Nullable Instant asOf) {
		Duration ttl = view.ttl();
		boolean expired = ttl != null && asOf != null && asOf.plus(ttl).isBefore(this.moment);
		FeatureValue read = new FeatureValue(name, expired ? null : value, view.reference(), asOf);
		this.values.add(read);
		return read;
	}

	private @Nullable Instant newest() {
		return instant(LongStream
			.of(this.state.purchase().orderHistory().lastAt(), this.state.engagement().newest(),
					this.state.affinity().newest(), this.state.cart().newest(), this.state.device().newest(),
					this.state.timeZone().newest(), this.state.locale().newest())
			.max()
			.orElse(0));
	}

	private static @Nullable Instant instant(long millis) {
		return (millis != 0) ? Instant.ofEpochMilli(millis) : null;
	}

	private static BigDecimal money(BigDecimal amount) {
		return amount.setScale(2, RoundingMode.HALF_UP);
	}

	private static double rounded(double value) {
		return Math.round(value * 1000) / 1000.0;
	}

}
