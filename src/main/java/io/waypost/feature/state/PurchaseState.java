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
 * Orders: counts, totals, first and last time. Sums are integers, so they are exact.
 * Recent orders with an id are kept separately to detect duplicates; all others are only
 * included in the totals.
 */
public final class PurchaseState {

	/** Amounts are stored in ten-thousandths of the currency's unit. */
	private static final int SCALE = 4;

	private static final BigDecimal MAX_ORDER_AMOUNT = new BigDecimal("1000000000");

	private static final int MAX_CURRENCIES = 1 << 16;

	private OrderHistory total = OrderHistory.NONE;

	/**
	 * Totals by currency, without the recent orders; empty key for orders without a
	 * currency.
	 */
	private final TreeMap<String, CurrencyTotals> byCurrency = new TreeMap<>();

	private RecentOrders recent = new RecentOrders();

	/**
	 * Order history: the input of the lifecycle rules.
	 *
	 * @param orders number of orders
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
	 * Totals in one currency.
	 *
	 * @param orders number of orders
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

		/**
		 * Adds non-negative numbers; the cap does not depend on the order of addition.
		 */
		private static long capped(long one, long other) {
			long sum = one + other;
			return (sum >= 0) ? sum : Long.MAX_VALUE;
		}

	}

	void recordOrder(JsonNode properties, long at) {
		Long hash = RecentOrders.hash(properties);
		RecentOrder order = new RecentOrder((hash != null) ? hash : 0, at, amount(properties), currency(properties));
		if (hash != null) {
			this.recent.add(order, this::addToTotals);
		}
		else {
			addToTotals(order);
		}
	}

	void recordRefund(JsonNode properties) {
		this.byCurrency.merge(currency(properties), new CurrencyTotals(0, 0, amount(properties)), CurrencyTotals::plus);
	}

	void merge(PurchaseState other) {
		this.total = this.total.plus(other.total);
		other.byCurrency.forEach((currency, totals) -> this.byCurrency.merge(currency, totals, CurrencyTotals::plus));
		this.recent.merge(other.recent, this::addToTotals);
	}

	public OrderHistory orderHistory() {
		OrderHistory history = this.total;
		for (RecentOrder order : this.recent.all()) {
			history = history.plus(new OrderHistory(1, order.at(), order.at()));
		}
		return history;
	}

	/**
	 * The currency with the highest gross total; of several the first in alphabetical
	 * order.
	 */
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
		out.number(this.total.orders());
		if (this.total.orders() > 0) {
			out.number(this.total.firstAt());
			out.number(this.total.lastAt() - this.total.firstAt());
		}
		out.number(this.byCurrency.size());
		this.byCurrency.forEach((currency, totals) -> {
			out.text(currency);
			out.number(totals.orders());
			out.number(totals.gross());
			out.number(totals.refunded());
		});
		this.recent.write(out);
	}

	static PurchaseState read(StateReader in) {
		PurchaseState state = new PurchaseState();
		long orders = in.number();
		if (orders > 0) {
			long firstAt = in.number();
			state.total = new OrderHistory(orders, firstAt, firstAt + in.number());
		}
		int currencies = in.count(MAX_CURRENCIES);
		for (int index = 0; index < currencies; index++) {
			state.byCurrency.put(in.requireText(), new CurrencyTotals(in.number(), in.number(), in.number()));
		}
		state.recent = RecentOrders.read(in);
		return state;
	}

	private void addToTotals(RecentOrder order) {
		this.total = this.total.plus(new OrderHistory(1, order.at(), order.at()));
		this.byCurrency.merge(order.currency(), new CurrencyTotals(1, order.amount(), 0), CurrencyTotals::plus);
	}

	private static String currency(JsonNode properties) {
		String currency = EventProperties.currency(properties);
		return (currency != null) ? currency : "";
	}

	/** Revenue is preferred: per Segment's specification it excludes shipping and tax. */
	private static long amount(JsonNode properties) {
		BigDecimal stated = EventProperties.decimal(properties, "revenue", "total", "value");
		BigDecimal amount = stated != null ? stated : sumOf(properties.path("products"));
		if (amount.signum() < 0 || amount.compareTo(MAX_ORDER_AMOUNT) > 0) {
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
