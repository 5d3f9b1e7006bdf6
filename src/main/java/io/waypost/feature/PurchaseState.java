package io.waypost.feature;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.feature.RecentOrders.Order;
import org.jspecify.annotations.Nullable;

/**
 * Orders and money: counts, sums, first and last. Sums are integers, hence exact. The
 * latest orders that have an id are kept one by one, so that each counts once; all others
 * are settled.
 */
final class PurchaseState {

	/** Sums are kept in ten-thousandths of the currency's unit. */
	private static final int SCALE = 4;

	private static final BigDecimal LARGEST_ORDER = new BigDecimal("1000000000");

	private static final int MAX_CURRENCIES = 1 << 16;

	private Rhythm settled = Rhythm.NONE;

	/** Settled, by currency; the empty text stands for orders that named none. */
	private final TreeMap<String, Sums> byCurrency = new TreeMap<>();

	private RecentOrders recent = new RecentOrders();

	/**
	 * When a profile buys: all that its lifecycle depends on.
	 *
	 * @param orders how many
	 * @param firstAt milliseconds since 1970, 0 without orders
	 * @param lastAt milliseconds since 1970, 0 without orders
	 */
	record Rhythm(long orders, long firstAt, long lastAt) {

		static final Rhythm NONE = new Rhythm(0, 0, 0);

		Rhythm plus(Rhythm other) {
			if (this.orders == 0 || other.orders == 0) {
				return (this.orders == 0) ? other : this;
			}
			return new Rhythm(this.orders + other.orders, Math.min(this.firstAt, other.firstAt),
					Math.max(this.lastAt, other.lastAt));
		}

	}

	/**
	 * Money in one currency.
	 *
	 * @param orders how many
	 * @param gross sum of orders in ten-thousandths
	 * @param refunded sum of refunds in ten-thousandths
	 */
	record Sums(long orders, long gross, long refunded) {

		Sums plus(Sums other) {
			return new Sums(this.orders + other.orders, capped(this.gross, other.gross),
					capped(this.refunded, other.refunded));
		}

		BigDecimal net() {
			return BigDecimal.valueOf(Math.max(0, this.gross - this.refunded), SCALE);
		}

		@Nullable BigDecimal averageOrderValue() {
			return this.orders > 0 ? BigDecimal.valueOf(this.gross, SCALE)
				.divide(BigDecimal.valueOf(this.orders), 2, RoundingMode.HALF_UP) : null;
		}

		/** Of numbers that are never negative, so that the cap keeps any order equal. */
		private static long capped(long one, long other) {
			long sum = one + other;
			return (sum >= 0) ? sum : Long.MAX_VALUE;
		}

	}

	void order(JsonNode properties, long at) {
		Long hash = RecentOrders.hash(properties);
		Order order = new Order((hash != null) ? hash : 0, at, amount(properties), currency(properties));
		if (hash != null) {
			this.recent.tell(order, this::settle);
		}
		else {
			settle(order);
		}
	}

	void refund(JsonNode properties) {
		this.byCurrency.merge(currency(properties), new Sums(0, 0, amount(properties)), Sums::plus);
	}

	void merge(PurchaseState other) {
		this.settled = this.settled.plus(other.settled);
		other.byCurrency.forEach((currency, sums) -> this.byCurrency.merge(currency, sums, Sums::plus));
		this.recent.merge(other.recent, this::settle);
	}

	Rhythm rhythm() {
		Rhythm rhythm = this.settled;
		for (Order order : this.recent.all()) {
			rhythm = rhythm.plus(new Rhythm(1, order.at(), order.at()));
		}
		return rhythm;
	}

	/** The currency most was spent in; the first by alphabet among equals. */
	Map.@Nullable Entry<String, Sums> main() {
		TreeMap<String, Sums> all = new TreeMap<>(this.byCurrency);
		this.recent.all().forEach((order) -> all.merge(order.currency(), new Sums(1, order.amount(), 0), Sums::plus));
		return all.entrySet()
			.stream()
			.max(Comparator.<Map.Entry<String, Sums>>comparingLong((entry) -> entry.getValue().gross())
				.thenComparing(Map.Entry.<String, Sums>comparingByKey().reversed()))
			.orElse(null);
	}

	void write(StateWriter out) {
		out.number(this.settled.orders());
		if (this.settled.orders() > 0) {
			out.number(this.settled.firstAt());
			out.number(this.settled.lastAt() - this.settled.firstAt());
		}
		out.number(this.byCurrency.size());
		this.byCurrency.forEach((currency, sums) -> {
			out.text(currency);
			out.number(sums.orders());
			out.number(sums.gross());
			out.number(sums.refunded());
		});
		this.recent.write(out);
	}

	static PurchaseState read(StateReader in) {
		PurchaseState state = readSettled(in);
		state.recent = RecentOrders.read(in);
		return state;
	}

	/** What was stored before orders were told apart by their ids: all of it settled. */
	static PurchaseState readSettled(StateReader in) {
		PurchaseState state = new PurchaseState();
		long orders = in.number();
		if (orders > 0) {
			long firstAt = in.number();
			state.settled = new Rhythm(orders, firstAt, firstAt + in.number());
		}
		int currencies = in.count(MAX_CURRENCIES);
		for (int index = 0; index < currencies; index++) {
			state.byCurrency.put(in.requireText(), new Sums(in.number(), in.number(), in.number()));
		}
		return state;
	}

	private void settle(Order order) {
		this.settled = this.settled.plus(new Rhythm(1, order.at(), order.at()));
		this.byCurrency.merge(order.currency(), new Sums(1, order.amount(), 0), Sums::plus);
	}

	private static String currency(JsonNode properties) {
		String currency = EventFields.currency(properties);
		return (currency != null) ? currency : "";
	}

	/** Revenue first: it leaves out shipping and tax, as Segment's specification says. */
	private static long amount(JsonNode properties) {
		BigDecimal stated = EventFields.decimal(properties, "revenue", "total", "value");
		BigDecimal amount = stated != null ? stated : sumOf(properties.path("products"));
		if (amount.signum() < 0 || amount.compareTo(LARGEST_ORDER) > 0) {
			return 0;
		}
		return amount.setScale(SCALE, RoundingMode.HALF_UP).unscaledValue().longValueExact();
	}

	private static BigDecimal sumOf(JsonNode products) {
		BigDecimal sum = BigDecimal.ZERO;
		for (JsonNode product : products) {
			BigDecimal price = EventFields.decimal(product, "price");
			if (price != null) {
				sum = sum.add(price.multiply(BigDecimal.valueOf(EventFields.quantity(product))));
			}
		}
		return sum;
	}

}
