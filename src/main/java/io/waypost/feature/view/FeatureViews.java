package io.waypost.feature.view;

import java.time.Duration;
import java.util.List;

import io.waypost.feature.FeatureView;
import io.waypost.feature.FeatureView.FeatureField;
import io.waypost.feature.state.CartState;
import org.jspecify.annotations.Nullable;

/** All feature views. */
public final class FeatureViews {

	static final FeatureView PURCHASE = view("purchase", "Orders: recency, frequency, monetary value",
			"track Order Completed, Order Refunded", null,
			List.of(new FeatureField("order_count", "number", "Completed orders"),
					new FeatureField("recency_days", "number", "Whole days since the last order"),
					new FeatureField("monetary", "number", "Revenue less refunds in the main currency"),
					new FeatureField("average_order_value", "number", "Revenue by order in the main currency"),
					new FeatureField("currency", "text", "ISO 4217 code of the currency with the highest total"),
					new FeatureField("first_order_at", "time", "Time of the first order"),
					new FeatureField("last_order_at", "time", "Time of the last order")));

	static final FeatureView ENGAGEMENT = view("engagement",
			"Engagement with messages and the shop, without machine events",
			"track Email Opened, Email Link Clicked, product events; machine events excluded", Duration.ofDays(365),
			List.of(new FeatureField("engagement_score", "number",
					"0 to 100: 100 * (1 - 2^-(0.5 clicks + 0.2 opens + 0.02 activity)), each decayed by half in 30 days; "
							+ "activity counts 1 for a product view, 3 for an addition to the cart, 4 for a checkout, 10 for an order"),
					new FeatureField("opens", "number", "Opens, decayed by half in 30 days"),
					new FeatureField("clicks", "number", "Clicks, decayed by half in 30 days"),
					new FeatureField("last_open_at", "time", "Time of the last open"),
					new FeatureField("last_click_at", "time", "Time of the last click"),
					new FeatureField("average_seconds_to_open", "number",
							"Mean time from deliveredAt to the open, of opens with deliveredAt")));

	static final FeatureView AFFINITY = view("affinity", "Interest by product category",
			"track Product Viewed, Product Clicked, Product List Viewed, Product Added, Order Completed",
			Duration.ofDays(365),
			List.of(new FeatureField("category_affinity", "map",
					"Category to share: sum / (total + 3), sums decayed by half in 30 days; "
							+ "a view counts 1, an addition 3, an order line 5; the ten highest of at least 0.01")));

	static final FeatureView LIFECYCLE = view("lifecycle", "Lifecycle stage of the customer", "purchase@v1", null, List
		.of(new FeatureField("stage", "text",
				"PROSPECT, NEW, ACTIVE, LOYAL; AT_RISK after 2 and LAPSED after 4 usual intervals without an order"),
				new FeatureField("usual_interval_days", "number",
						"Mean days between orders, from 15 to 90; 45 after a single order")));

	static final FeatureView DEVICE = view("device", "Device of the latest visits", "context of every event",
			Duration.ofDays(365),
			List.of(new FeatureField("device", "text", "desktop, mobile or tablet, on the latest day")));

	static final FeatureView LOCALE = view("locale", "Time zone and language",
			"context of every event, traits of identify", null,
			List.of(new FeatureField("time_zone", "text", "IANA id; a trait takes precedence over visits"),
					new FeatureField("locale", "text", "BCP 47 tag; a trait takes precedence over visits")));

	static final FeatureView CART = view("cart", "The open cart with the latest event",
			"track Product Added, Product Removed, Cart Viewed, Checkout Started, Order Completed", CartState.TTL,
			List.of(new FeatureField("cart", "list", "Items in the order in which they were added"),
					new FeatureField("cart_item_count", "number", "Number of units in the cart"),
					new FeatureField("cart_value", "number",
							"Sum of price times quantity, of items in the currency of the first item"),
					new FeatureField("cart_currency", "text", "ISO 4217 code of the first item")));

	static final FeatureView RHYTHM = view("rhythm", "Opens and clicks by hour of the day",
			"track Email Opened, Email Link Clicked; machine events excluded", Duration.ofDays(730),
			List.of(new FeatureField("engaged_hours", "map", "Hour of the day in UTC to number of opens and clicks")));

	public static final List<FeatureView> ALL = List.of(PURCHASE, ENGAGEMENT, AFFINITY, LIFECYCLE, DEVICE, LOCALE, CART,
			RHYTHM);

	private FeatureViews() {
	}

	private static FeatureView view(String name, String description, String source, @Nullable Duration ttl,
			List<FeatureField> fields) {
		return new FeatureView(name, 1, "profile", description, fields, source, "growth", ttl);
	}

}
