package io.waypost.feature.state;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The latest orders with an id, each counted once: shops report an order from the browser
 * and from the server, and again after a failure, each time with another message id. Of
 * two reports of an order the earlier counts.
 *
 * <p>
 * Which orders are kept depends only on their times, not on their order of arrival. Older
 * orders are evicted to the totals; a later duplicate of an evicted order counts again.
 */
final class RecentOrders {

	/** Number of orders kept; duplicates rarely arrive 32 orders later. */
	static final int MAX = 32;

	private static final int MAX_ID = 200;

	/** Probability of a collision among 32 orders: 1 in 500 billion. */
	private static final int HASH_BITS = 48;

	private static final Comparator<RecentOrder> EARLIER = Comparator.comparingLong(RecentOrder::at)
		.thenComparingLong(RecentOrder::amount)
		.thenComparing(RecentOrder::currency);

	private static final Comparator<RecentOrder> BY_TIME = Comparator.comparingLong(RecentOrder::at)
		.thenComparingLong(RecentOrder::hash);

	private final TreeSet<RecentOrder> byTime = new TreeSet<>(BY_TIME);

	private final Map<Long, RecentOrder> byHash = new HashMap<>();

	/**
	 * A recent order.
	 *
	 * @param hash of its id
	 * @param at milliseconds since 1970
	 * @param amount in ten-thousandths
	 * @param currency code, or the empty text
	 */
	record RecentOrder(long hash, long at, long amount, String currency) {

	}

	/** Hash of the order's id, null if it has none. */
	static @Nullable Long hash(JsonNode properties) {
		String id = EventProperties.text(properties, MAX_ID, "order_id", "orderId");
		return (id != null) ? hash(id) : null;
	}

	/** FNV-1a with the finaliser of SplitMix64, so that short ids use all bits. */
	private static long hash(String id) {
		long hash = 0xcbf29ce484222325L;
		for (int index = 0; index < id.length(); index++) {
			hash = (hash ^ id.charAt(index)) * 0x100000001b3L;
		}
		hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
		hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
		return (hash ^ hash >>> 31) >>> Long.SIZE - HASH_BITS;
	}

	/** Adds a reported order; an evicted order is passed to the consumer. */
	void add(RecentOrder reported, Consumer<RecentOrder> evicted) {
		RecentOrder known = this.byHash.get(reported.hash());
		if (known != null && EARLIER.compare(known, reported) <= 0) {
			return;
		}
		if (known != null) {
			this.byTime.remove(known);
		}
		keep(reported);
		if (this.byTime.size() > MAX) {
			RecentOrder oldest = this.byTime.removeFirst();
			this.byHash.remove(oldest.hash());
			evicted.accept(oldest);
		}
	}

	void merge(RecentOrders other, Consumer<RecentOrder> evicted) {
		other.byTime.forEach((order) -> add(order, evicted));
	}

	/** Oldest first. */
	Collection<RecentOrder> all() {
		return this.byTime;
	}

	void write(StateWriter out) {
		out.number(this.byTime.size());
		long before = 0;
		for (RecentOrder order : this.byTime) {
			out.number(order.hash());
			out.number(order.at() - before);
			out.number(order.amount());
			out.text(order.currency());
			before = order.at();
		}
	}

	static RecentOrders read(StateReader in) {
		RecentOrders orders = new RecentOrders();
		int size = in.count(MAX);
		long before = 0;
		for (int index = 0; index < size; index++) {
			RecentOrder order = new RecentOrder(in.number(), before + in.number(), in.number(), in.requireText());
			orders.keep(order);
			before = order.at();
		}
		return orders;
	}

	private void keep(RecentOrder order) {
		this.byTime.add(order);
		this.byHash.put(order.hash(), order);
	}

}
