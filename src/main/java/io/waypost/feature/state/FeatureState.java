package io.waypost.feature.state;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.ingestion.Event;
import org.jspecify.annotations.Nullable;

/**
 * State from which the features of one profile are computed: a fold over its events.
 *
 * <p>
 * The fold is commutative: equal sets of events give equal states, bit by bit, regardless
 * of their order. The merge of the states of two sets is the state of their union. A past
 * moment is computed by folding the events known then, so online and past values agree.
 */
public final class FeatureState {

	private static final int FORMAT = 1;

	private static final int VIEW = 1;

	private static final int ADD = 3;

	private static final int CHECKOUT = 4;

	private static final int ORDER = 5;

	private static final int ORDER_ACTIVITY = 10;

	private static final int OBSERVED = 0;

	private static final int STATED = 1;

	private static final int MAX_LOCALE = 35;

	private static final int MAX_ZONE = 50;

	private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

	private static final Set<String> TRACKED = Set.of("Product Viewed", "Product Clicked", "Product List Viewed",
			"Product Added", "Product Removed", "Cart Viewed", "Checkout Started", "Order Completed", "Order Refunded",
			"Email Opened", "Email Link Clicked");

	private PurchaseState purchase = new PurchaseState();

	private EngagementState engagement = new EngagementState();

	private AffinityState affinity = new AffinityState();

	private CartState cart = new CartState();

	private LatestValue device = new LatestValue();

	private LatestValue timeZone = new LatestValue();

	private LatestValue locale = new LatestValue();

	private EngagedHoursState hours = new EngagedHoursState();

	/**
	 * Whether an event can change a state at all.
	 */
	public static boolean isRelevant(Event event) {
		boolean tracked = "track".equals(event.type()) && TRACKED.contains(event.name());
		return (tracked || "identify".equals(event.type()) || hasVisitContext(event.context())) && byPerson(event);
	}

	/** Folds events, in any order. */
	public static FeatureState of(Iterable<Event> events) {
		FeatureState state = new FeatureState();
		events.forEach(state::apply);
		return state;
	}

	/** Applies an event. */
	public void apply(Event event) {
		if (!byPerson(event)) {
			return;
		}
		// A source whose clock is ahead must not create features in the future
		long at = Math.min(event.occurredAt().toEpochMilli(), event.receivedAt().toEpochMilli());
		if ("track".equals(event.type())) {
			applyTrack(event.name(), event.properties(), at);
		}
		if ("identify".equals(event.type())) {
			updateZone(event.properties(), at, STATED);
			updateLocale(event.properties(), at, STATED);
		}
		applyContext(event.context(), at);
	}

	/**
	 * Merges another state; it must not be used afterwards.
	 */
	public void merge(FeatureState other) {
		this.purchase.merge(other.purchase);
		this.engagement.merge(other.engagement);
		this.affinity.merge(other.affinity);
		this.cart.merge(other.cart);
		this.device.merge(other.device);
		this.timeZone.merge(other.timeZone);
		this.locale.merge(other.locale);
		this.hours.merge(other.hours);
	}

	public byte[] encode() {
		StateWriter out = new StateWriter();
		out.number(FORMAT);
		this.purchase.write(out);
		this.engagement.write(out);
		this.affinity.write(out);
		this.cart.write(out);
		this.device.write(out);
		this.timeZone.write(out);
		this.locale.write(out);
		this.hours.write(out);
		return out.toBytes();
	}

	public static FeatureState decode(byte[] bytes) {
		StateReader in = new StateReader(bytes);
		long format = in.number();
		if (format != FORMAT) {
			throw new IllegalStateException("Feature state has format " + format + "; this version reads " + FORMAT);
		}
		FeatureState state = new FeatureState();
		state.purchase = PurchaseState.read(in);
		state.engagement = EngagementState.read(in);
		state.affinity = AffinityState.read(in);
		state.cart = CartState.read(in);
		state.device = LatestValue.read(in);
		state.timeZone = LatestValue.read(in);
		state.locale = LatestValue.read(in);
		state.hours = EngagedHoursState.read(in);
		return state;
	}

	public PurchaseState purchase() {
		return this.purchase;
	}

	public EngagementState engagement() {
		return this.engagement;
	}

	public AffinityState affinity() {
		return this.affinity;
	}

	public CartState cart() {
		return this.cart;
	}

	public LatestValue device() {
		return this.device;
	}

	public LatestValue timeZone() {
		return this.timeZone;
	}

	public LatestValue locale() {
		return this.locale;
	}

	public EngagedHoursState hours() {
		return this.hours;
	}

	/**
	 * Opens and clicks by mail proxies and link scanners are marked as machine events.
	 */
	private static boolean byPerson(Event event) {
		return !EventProperties.isTrue(event.properties(), "machine");
	}

	private void applyTrack(String name, JsonNode properties, long at) {
		switch (name) {
			case "Product Viewed", "Product Clicked", "Product List Viewed" -> shop(properties, at, VIEW, VIEW);
			case "Product Added" -> {
				shop(properties, at, ADD, ADD);
				this.cart.add(properties, at);
			}
			case "Product Removed" -> this.cart.remove(properties, at);
			case "Cart Viewed" -> this.cart.snapshot(properties, at);
			case "Checkout Started" -> {
				this.engagement.recordActivity(at, CHECKOUT);
				this.cart.snapshot(properties, at);
			}
			case "Order Completed" -> order(properties, at);
			case "Order Refunded" -> this.purchase.recordRefund(properties);
			case "Email Opened" -> {
				this.engagement.recordOpen(properties, at);
				this.hours.add(at);
			}
			case "Email Link Clicked" -> {
				this.engagement.recordClick(at);
				this.hours.add(at);
			}
			default -> {
			}
		}
	}

	private void shop(JsonNode properties, long at, int interest, int activity) {
		this.affinity.add(properties, at, interest);
		this.engagement.recordActivity(at, activity);
	}

	private void order(JsonNode properties, long at) {
		this.purchase.recordOrder(properties, at);
		this.affinity.addAll(properties.path("products"), at, ORDER);
		this.engagement.recordActivity(at, ORDER_ACTIVITY);
		this.cart.closeUntil(at);
	}

	private static boolean hasVisitContext(JsonNode context) {
		return context.has("userAgent") || context.has("device") || context.has("timezone") || context.has("locale");
	}

	private void applyContext(JsonNode context, long at) {
		if (!hasVisitContext(context)) {
			return;
		}
		String device = DeviceClassifier.of(context);
		if (device != null) {
			this.device.update(device, at, OBSERVED);
		}
		updateZone(context, at, OBSERVED);
		updateLocale(context, at, OBSERVED);
	}

	private void updateZone(JsonNode source, long at, int rank) {
		String zone = EventProperties.text(source, MAX_ZONE, "timezone");
		if (zone != null && ZONES.contains(zone)) {
			this.timeZone.update(zone, at, rank);
		}
	}

	private void updateLocale(JsonNode source, long at, int rank) {
		String tag = languageTag(EventProperties.text(source, MAX_LOCALE, "locale"));
		if (tag != null) {
			this.locale.update(tag, at, rank);
		}
	}

	private static @Nullable String languageTag(@Nullable String text) {
		if (text == null) {
			return null;
		}
		String tag = Locale.forLanguageTag(text.replace('_', '-')).toLanguageTag();
		return "und".equals(tag) ? null : tag;
	}

}
