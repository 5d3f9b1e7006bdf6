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
 * The latest orders that named themselves, each once however often it is told: shops tell
 * of an order from the browser and from the server, and again after a failure, every time
 * with a message id of its own. Of two tellings the earlier counts.
 *
 * <p>
 * Which orders are kept depends on their times alone, not on their arrival. What has no
 * room any more is settled: counted for good, so that telling of it again counts again.
 */
final class RecentOrders {

	/** Orders that are told apart; a repeat seldom comes as late as 32 orders later. */
	static final int MAX = 32;

	private static final int MAX_ID = 200;

	/** A person's 32 orders collide with a chance of 1 to 500 thousand millions. */
	private static final int HASH_BITS = 48;

	private static final Comparator<RecentOrder> EARLIER = Comparator.comparingLong(RecentOrder::at)
		.thenComparingLong(RecentOrder::amount)
		.thenComparing(RecentOrder::currency);

	private static final Comparator<RecentOrder> BY_TIME = Comparator.comparingLong(RecentOrder::at)
		.thenComparingLong(RecentOrder::hash);

	private final TreeSet<RecentOrder> byTime = new TreeSet<>(BY_TIME);

	private final Map<Long, RecentOrder> byHash = new HashMap<>();

	/**
	 * One order.
	 *
	 * @param hash of its id
	 * @param at milliseconds since 1970
	 * @param amount in ten-thousandths
	 * @param currency code, or the empty text
	 */
	record RecentOrder(long hash, long at, long amount, String currency) {

	}

	/** Hash of an order's own id, null when it has none. */
	static @Nullable Long hash(JsonNode properties) {
		String id = EventProperties.text(properties, MAX_ID, "order_id", "orderId");
		return (id != null) ? hash(id) : null;
	}

	/** FNV-1a, finished like SplitMix64 so that short ids spread over all bits. */
	private static long hash(String id) {
		long hash = 0xcbf29ce484222325L;
		for (int index = 0; index < id.length(); index++) {
			hash = (hash ^ id.charAt(index)) * 0x100000001b3L;
		}
		hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
		hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
		return (hash ^ hash >>> 31) >>> Long.SIZE - HASH_BITS;
	}

	/** Adds a telling; {@code settled} takes the order that has no room any more. */
	void add(RecentOrder told, Consumer<RecentOrder> settled) {
		RecentOrder known = this.byHash.get(told.hash());
		if (known != null && EARLIER.compare(known, told) <= 0) {
			return;
		}
		if (known != null) {
			this.byTime.remove(known);
		}
		keep(told);
		if (this.byTime.size() > MAX) {
			RecentOrder oldest = this.byTime.removeFirst();
			this.byHash.remove(oldest.hash());
			settled.accept(oldest);
		}
	}

	void merge(RecentOrders other, Consumer<RecentOrder> settled) {
		other.byTime.forEach((order) -> add(order, settled));
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
