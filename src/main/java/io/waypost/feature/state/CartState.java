package io.waypost.feature.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.feature.CartItem;
import org.jspecify.annotations.Nullable;

/**
 * Open carts. Per product the latest event by time of occurrence counts; a snapshot of a
 * whole cart replaces older events; an order closes all carts up to its time.
 */
public final class CartState {

	/** A cart without events for this time is dropped. */
	public static final Duration TTL = Duration.ofDays(30);

	/** Maximum number of lines; the oldest are dropped. */
	static final int MAX_LINES = 200;

	private static final int MAX_ID = 100;

	/** Time of occurrence of the newest event, 0 if there is none. */
	private long newest;

	/** Carts are closed up to this time by an order. */
	private long closedAt;

	private final TreeMap<String, Cart> carts = new TreeMap<>();

	/** One cart. */
	private static final class Cart {

		/** Lines older than this were not in the last snapshot. */
		private long snapshotAt;

		private final TreeMap<String, CartLine> lines = new TreeMap<>();

		void put(String product, CartLine line) {
			this.lines.merge(product, line, (one, other) -> one.compareTo(other) >= 0 ? one : other);
		}

		void merge(Cart other) {
			this.snapshotAt = Math.max(this.snapshotAt, other.snapshotAt);
			other.lines.forEach(this::put);
		}

		boolean dropBefore(long limit) {
			long before = Math.max(limit, this.snapshotAt);
			this.lines.values().removeIf((line) -> line.at() < before);
			this.snapshotAt = (this.snapshotAt < limit) ? 0 : this.snapshotAt;
			return this.lines.isEmpty() && this.snapshotAt == 0;
		}

		long lastAddedAt() {
			return this.lines.values()
				.stream()
				.filter((line) -> !line.removed())
				.mapToLong(CartLine::at)
				.max()
				.orElse(Long.MIN_VALUE);
		}

		List<CartItem> items(String cartId) {
			return this.lines.entrySet()
				.stream()
				.filter((entry) -> !entry.getValue().removed())
				.sorted(Map.Entry
					.comparingByValue(Comparator.comparingLong(CartLine::at).thenComparingInt(CartLine::position)))
				.map((entry) -> entry.getValue().toItem(cartId, entry.getKey()))
				.toList();
		}

	}

	void add(JsonNode properties, long at) {
		put(properties, CartLine.of(properties, null, at, 0));
	}

	void remove(JsonNode properties, long at) {
		put(properties, CartLine.removed(at));
	}

	/** Replaces the content of a cart by the products of an event. */
	void snapshot(JsonNode properties, long at) {
		JsonNode products = properties.path("products");
		if (!products.isArray()) {
			return;
		}
		Cart cart = cart(properties);
		cart.snapshotAt = Math.max(cart.snapshotAt, at);
		String currency = EventProperties.currency(properties);
		for (int position = 0; position < products.size(); position++) {
			String product = productId(products.get(position));
			if (product != null) {
				cart.put(product, CartLine.of(products.get(position), currency, at, position));
			}
		}
		advance(at);
	}

	void closeUntil(long at) {
		this.closedAt = Math.max(this.closedAt, at);
		advance(at);
	}

	void merge(CartState other) {
		this.closedAt = Math.max(this.closedAt, other.closedAt);
		other.carts.forEach((id, cart) -> this.carts.computeIfAbsent(id, (key) -> new Cart()).merge(cart));
		advance(other.newest);
	}

	/**
	 * Returns the items of the open cart with the latest event.
	 * @param moment carts older than {@link #TTL} at this moment are not open
	 * @return in the order in which they were added, empty without an open cart
	 */
	public List<CartItem> itemsAt(Instant moment) {
		return this.carts.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().lastAddedAt() >= moment.minus(TTL).toEpochMilli())
			.max(Map.Entry.comparingByValue(Comparator.comparingLong(Cart::lastAddedAt)))
			.map((entry) -> entry.getValue().items(entry.getKey()))
			.orElse(List.of());
	}

	/** Time of the newest event of the view, 0 if there is none. */
	public long newest() {
		return this.newest;
	}

	void write(StateWriter out) {
		out.number(this.newest);
		out.number(this.closedAt);
		out.number(this.carts.size());
		this.carts.forEach((id, cart) -> {
			out.text(id);
			out.number(cart.snapshotAt);
			out.number(cart.lines.size());
			cart.lines.forEach((product, line) -> {
				out.text(product);
				line.write(out);
			});
		});
	}

	static CartState read(StateReader in) {
		CartState state = new CartState();
		state.newest = in.number();
		state.closedAt = in.number();
		int carts = in.count();
		for (int index = 0; index < carts; index++) {
			Cart cart = state.carts.computeIfAbsent(in.requireText(), (key) -> new Cart());
			cart.snapshotAt = in.number();
			int lines = in.count(MAX_LINES);
			for (int line = 0; line < lines; line++) {
				cart.lines.put(in.requireText(), CartLine.read(in));
			}
		}
		return state;
	}

	private void put(JsonNode properties, CartLine line) {
		String product = productId(properties);
		if (product != null) {
			cart(properties).put(product, line);
			advance(line.at());
		}
	}

	private Cart cart(JsonNode properties) {
		String id = EventProperties.text(properties, MAX_ID, "cart_id", "cartId", "checkout_id", "checkoutId");
		return this.carts.computeIfAbsent(id != null ? id : "", (key) -> new Cart());
	}

	private static @Nullable String productId(JsonNode product) {
		return EventProperties.text(product, MAX_ID, "product_id", "productId", "sku");
	}

	/**
	 * Drops lines that no later event can restore, so that equal histories have equal
	 * states.
	 */
	private void advance(long at) {
		this.newest = Math.max(this.newest, at);
		long limit = Math.max(this.newest - TTL.toMillis(), this.closedAt + 1);
		if (this.closedAt < this.newest - TTL.toMillis()) {
			this.closedAt = 0;
		}
		this.carts.values().removeIf((cart) -> cart.dropBefore(limit));
		int lines = this.carts.values().stream().mapToInt((cart) -> cart.lines.size()).sum();
		for (; lines > MAX_LINES; lines--) {
			dropOldest();
		}
	}

	private void dropOldest() {
		Cart cart = this.carts.values()
			.stream()
			.min(Comparator.comparing((candidate) -> candidate.lines.isEmpty() ? Long.MAX_VALUE
					: candidate.lines.values().stream().mapToLong(CartLine::at).min().orElseThrow()))
			.orElseThrow();
		cart.lines.entrySet()
			.stream()
			.min(Map.Entry.comparingByValue())
			.map(Map.Entry::getKey)
			.ifPresent(cart.lines::remove);
	}

}
