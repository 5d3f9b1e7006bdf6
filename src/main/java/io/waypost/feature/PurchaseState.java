package io.waypost.feature;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Orders and money: counts, sums, first and last. Sums are integers, hence exact. */
final class PurchaseState {

	/** Sums are kept in ten-thousandths of the currency's unit. */
	private static final int SCALE = 4;

	private static final BigDecimal LARGEST_ORDER = new BigDecimal("1000000000");

	private static final int MAX_CURRENCIES = 1 << 16;

	private long orders;

	private long firstAt;

	private long lastAt;

	/** By currency; the empty text stands for orders that named none. */
	private final TreeMap<String, Sums> byCurrency = new TreeMap<>();

	/**
	 * When a profile buys: all that its lifecycle depends on.
	 *
	 * @param orders how many
	 * @param firstAt milliseconds since 1970, 0 without orders
	 * @param lastAt milliseconds since 1970, 0 without orders
	 */
	record Rhythm(long orders, long firstAt, long lastAt) {

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
		this.firstAt = (this.orders == 0) ? at : Math.min(this.firstAt, at);
		this.lastAt = (this.orders == 0) ? at : Math.max(this.lastAt, at);
		this.orders++;
		add(properties, new Sums(1, amount(properties), 0));
	}

	void refund(JsonNode properties) {
		add(properties, new Sums(0, 0, amount(properties)));
	}

	void merge(PurchaseState other) {
		if (other.orders > 0) {
			this.firstAt = (this.orders == 0) ? other.firstAt : Math.min(this.firstAt, other.firstAt);
			this.lastAt = (this.orders == 0) ? other.lastAt : Math.max(this.lastAt, other.lastAt);
			this.orders += other.orders;
		}
		other.byCurrency.forEach((currency, sums) -> this.byCurrency.merge(currency, sums, Sums::plus));
	}

	Rhythm rhythm() {
		return new Rhythm(this.orders, this.firstAt, this.lastAt);
	}

	/** The currency most was spent in; the first by alphabet among equals. */
	Map.@Nullable Entry<String, Sums> main() {
		return this.byCurrency.entrySet()
			.stream()
			.max(Comparator.<Map.Entry<String, Sums>>comparingLong((entry) -> entry.getValue().gross())
				.thenComparing(Map.Entry.<String, Sums>comparingByKey().reversed()))
			.orElse(null);
	}

	void write(StateWriter out) {
		out.number(this.orders);
		if (this.orders > 0) {
			out.number(this.firstAt);
			out.number(this.lastAt - this.firstAt);
		}
		out.number(this.byCurrency.size());
		this.byCurrency.forEach((currency, sums) -> {
			out.text(currency);
			out.number(sums.orders());
			out.number(sums.gross());
			out.number(sums.refunded());
		});
	}

	static PurchaseState read(StateReader in) {
		PurchaseState state = new PurchaseState();
		state.orders = in.number();
		if (state.orders > 0) {
			state.firstAt = in.number();
			state.lastAt = state.firstAt + in.number();
		}
		int currencies = in.count(MAX_CURRENCIES);
		for (int index = 0; index < currencies; index++) {
			state.byCurrency.put(in.requireText(), new Sums(in.number(), in.number(), in.number()));
		}
		return state;
	}

	private void add(JsonNode properties, Sums sums) {
		String currency = EventFields.currency(properties);
		this.byCurrency.merge(currency != null ? currency : "", sums, Sums::plus);
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
