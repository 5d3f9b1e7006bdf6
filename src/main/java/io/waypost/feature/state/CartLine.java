package io.waypost.feature.state;

import java.math.BigDecimal;
import java.util.Comparator;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.feature.CartItem;
import org.jspecify.annotations.Nullable;

/**
 * Latest state of one product in one cart. Lines are compared by time, then by content,
 * so the latest of two simultaneous lines does not depend on their order of arrival.
 *
 * @param at milliseconds since 1970
 * @param removed whether the product was removed
 * @param position position in the snapshot that contained it, 0 if it was added
 * separately
 * @param quantity at least 1
 */
record CartLine(long at, boolean removed, int position, int quantity, @Nullable String name, @Nullable BigDecimal price,
		@Nullable String currency, @Nullable String imageUrl, @Nullable String url) implements Comparable<CartLine> {

	private static final Comparator<CartLine> ORDER = Comparator.comparingLong(CartLine::at)
		.thenComparing(CartLine::removed)
		.thenComparing(CartLine::quantity)
		.thenComparing(CartLine::position)
		.thenComparing(CartLine::price, Comparator.nullsFirst(Comparator.naturalOrder()))
		.thenComparing(CartLine::name, Comparator.nullsFirst(Comparator.naturalOrder()))
		.thenComparing(CartLine::currency, Comparator.nullsFirst(Comparator.naturalOrder()))
		.thenComparing(CartLine::imageUrl, Comparator.nullsFirst(Comparator.naturalOrder()))
		.thenComparing(CartLine::url, Comparator.nullsFirst(Comparator.naturalOrder()));

	private static final int MAX_NAME = 200;

	private static final int MAX_URL = 500;

	static CartLine of(JsonNode product, @Nullable String currency, long at, int position) {
		String own = EventProperties.currency(product);
		return new CartLine(at, false, position, EventProperties.quantity(product),
				EventProperties.text(product, MAX_NAME, "name"), EventProperties.decimal(product, "price"),
				own != null ? own : currency, EventProperties.text(product, MAX_URL, "image_url", "imageUrl", "image"),
				EventProperties.text(product, MAX_URL, "url"));
	}

	static CartLine removed(long at) {
		return new CartLine(at, true, 0, 1, null, null, null, null, null);
	}

	CartItem toItem(String cartId, String productId) {
		return new CartItem(cartId, productId, this.name, this.price, this.currency, this.quantity, this.imageUrl,
				this.url);
	}

	void write(StateWriter out) {
		out.number(this.at);
		out.number(this.removed ? -1 : this.position);
		if (this.removed) {
			return;
		}
		out.number(this.quantity);
		out.text(this.name);
		out.text(this.price != null ? this.price.toString() : null);
		out.text(this.currency);
		out.text(this.imageUrl);
		out.text(this.url);
	}

	static CartLine read(StateReader in) {
		long at = in.number();
		int position = (int) in.number();
		if (position < 0) {
			return removed(at);
		}
		int quantity = (int) in.number();
		String name = in.text();
		String price = in.text();
		return new CartLine(at, false, position, quantity, name, price != null ? new BigDecimal(price) : null,
				in.text(), in.text(), in.text());
	}

	@Override
	public int compareTo(CartLine other) {
		return ORDER.compare(this, other);
	}

}
