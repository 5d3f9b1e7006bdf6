package io.waypost.feature.state;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.feature.state.RecentOrders.RecentOrder;
import org.jspecify.annotations.Nullable;

/**
 * Orders and money: counts, sums, first and last. Sums are integers, hence exact. The
 * latest orders that have an id are kept one by one, so that each counts once; all others
 * are settled.
 */
public final class PurchaseState {

	/** Sums are kept in ten-thousandths of the currency's unit. */
	private static final int SCALE = 4;

	private static final BigDecimal LARGEST_ORDER = new BigDecimal("1000000000");

	private static final int MAX_CURRENCIES = 1 << 16;

	private OrderHistory settled = OrderHistory.NONE;

	/** Settled, by currency; the empty text stands for orders that named none. */
	private final TreeMap<String, CurrencyTotals> byCurrency = new TreeMap<>();

	private RecentOrders recent = new RecentOrders();

	/**
	 * When a profile buys: all that its lifecycle depends on.
	 *
	 * @param orders how many
	 * @param firstAt milliseconds since 1970, 0 without orders
	 * @param lastAt milliseconds since 1970, 0 without orders
	 */
	public record OrderHistory(long orders, long firstAt, long lastAt) {

		static final OrderHistory NONE = new OrderHistory(0, 0, 0);

		OrderHistory plus(OrderHistory other) {
			if (this.orders == 0 || other.orders == 0) {
				return (this.orders == 0) ? other : this;
			}
			return new OrderHistory(this.orders + other.orders, Math.min(this.firstAt, other.firstAt),
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
	public record CurrencyTotals(long orders, long gross, long refunded) {

		CurrencyTotals plus(CurrencyTotals other) {
			return new CurrencyTotals(this.orders + other.orders, capped(this.gross, other.gross),
					capped(this.refunded, other.refunded));
		}

		public BigDecimal net() {
			return BigDecimal.valueOf(Math.max(0, this.gross - this.refunded), SCALE);
		}

		@Nullable public BigDecimal averageOrderValue() {
			return this.orders > 0 ? BigDecimal.valueOf(this.gross, SCALE)
				.divide(BigDecimal.valueOf(this.orders), 2, RoundingMode.HALF_UP) : null;
		}

		/** Of numbers that are never negative, so that the cap keeps any order equal. */
		private static long capped(long one, long other) {
			long sum = one + other;
			return (sum >= 0) ? sum : Long.MAX_VALUE;
		}

	}

	void recordOrder(JsonNode properties, long at) {
		Long hash = RecentOrders.hash(properties);
		RecentOrder order = new RecentOrder((hash != null) ? hash : 0, at, amount(properties), currency(properties));
		if (hash != null) {
			this.recent.add(order, this::settle);
		}
		else {
			settle(order);
		}
	}

	void recordRefund(JsonNode properties) {
		this.byCurrency.merge(currency(properties), new CurrencyTotals(0, 0, amount(properties)), CurrencyTotals::plus);
	}

	void merge(PurchaseState other) {
		this.settled = this.settled.plus(other.settled);
		other.byCurrency.forEach((currency, sums) -> this.byCurrency.merge(currency, sums, CurrencyTotals::plus));
		this.recent.merge(other.recent, this::settle);
	}

	public OrderHistory orderHistory() {
		OrderHistory rhythm = this.settled;
		for (RecentOrder order : this.recent.all()) {
			rhythm = rhythm.plus(new OrderHistory(1, order.at(), order.at()));
		}
		return rhythm;
	}

	/** The currency most was spent in; the first by alphabet among equals. */
	public Map.@Nullable Entry<String, CurrencyTotals> mainCurrency() {
		TreeMap<String, CurrencyTotals> all = new TreeMap<>(this.byCurrency);
		this.recent.all()
			.forEach((order) -> all.merge(order.currency(), new CurrencyTotals(1, order.amount(), 0),
					CurrencyTotals::plus));
		return all.entrySet()
			.stream()
			.max(Comparator.<Map.Entry<String, CurrencyTotals>>comparingLong((entry) -> entry.getValue().gross())
				.thenComparing(Map.Entry.<String, CurrencyTotals>comparingByKey().reversed()))
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
			state.settled = new OrderHistory(orders, firstAt, firstAt + in.number());
		}
		int currencies = in.count(MAX_CURRENCIES);
		for (int index = 0; index < currencies; index++) {
			state.byCurrency.put(in.requireText(), new CurrencyTotals(in.number(), in.number(), in.number()));
		}
		return state;
	}

	private void settle(RecentOrder order) {
		this.settled = this.settled.plus(new OrderHistory(1, order.at(), order.at()));
		this.byCurrency.merge(order.currency(), new CurrencyTotals(1, order.amount(), 0), CurrencyTotals::plus);
	}

	private static String currency(JsonNode properties) {
		String currency = EventProperties.currency(properties);
		return (currency != null) ? currency : "";
	}

	/** Revenue first: it leaves out shipping and tax, as Segment's specification says. */
	private static long amount(JsonNode properties) {
		BigDecimal stated = EventProperties.decimal(properties, "revenue", "total", "value");
		BigDecimal amount = stated != null ? stated : sumOf(properties.path("products"));
		if (amount.signum() < 0 || amount.compareTo(LARGEST_ORDER) > 0) {
			return 0;
		}
		return amount.setScale(SCALE, RoundingMode.HALF_UP).unscaledValue().longValueExact();
	}

	private static BigDecimal sumOf(JsonNode products) {
		BigDecimal sum = BigDecimal.ZERO;
		for (JsonNode product : products) {
			BigDecimal price = EventProperties.decimal(product, "price");
			if (price != null) {
				sum = sum.add(price.multiply(BigDecimal.valueOf(EventProperties.quantity(product))));
			}
		}
		return sum;
	}

}
