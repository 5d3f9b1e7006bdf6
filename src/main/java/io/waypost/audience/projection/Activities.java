package io.waypost.audience.projection;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.ingestion.Event;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

/**
 * Activities of recorded events, in the columns of a row of the projection queue. They
 * are extracted in the transaction that stores the events, in one pass and with few
 * objects.
 */
final class Activities {

	private static final int MAX_CATEGORY_LENGTH = 100;

	private static final int MAX_CATEGORIES = 20;

	private static final BigDecimal MAX_AMOUNT = new BigDecimal("1000000000");

	private static final int AMOUNT_SCALE = 4;

	/** Number of an entry without an activity: only attributes of the profile changed. */
	private static final int NO_ACTIVITY = 0;

	private final Map<ActivityType, Integer> types = new LinkedHashMap<>();

	private final List<ProfileId> profiles;

	private final List<Integer> typeNumbers;

	private final List<Long> times;

	private final List<Long> amounts;

	Activities(int expectedSize) {
		this.profiles = new ArrayList<>(expectedSize);
		this.typeNumbers = new ArrayList<>(expectedSize);
		this.times = new ArrayList<>(expectedSize);
		this.amounts = new ArrayList<>(expectedSize);
	}

	/**
	 * Type of an activity.
	 *
	 * @param event event name in the tracking plan
	 * @param category category, empty for none
	 * @param extra whether this is a further category of an event that already has one
	 */
	record ActivityType(String event, String category, boolean extra) {

	}

	static Activities of(Collection<Event> events) {
		Activities activities = new Activities(events.size() + events.size() / 4);
		events.forEach(activities::add);
		return activities;
	}

	/** Entries without activities, for profiles whose attributes changed. */
	static Activities profileChanges(Collection<ProfileId> profiles) {
		Activities activities = new Activities(profiles.size());
		profiles.forEach((profile) -> activities.add(profile, NO_ACTIVITY, 0, 0));
		return activities;
	}

	/** Machine events are not activities, but they can change attributes. */
	private void add(Event event) {
		if (!"track".equals(event.type()) || isTrue(event.properties().path("machine"))) {
			add(event.profile(), NO_ACTIVITY, 0, 0);
			return;
		}
		Instant at = event.occurredAt().isBefore(event.receivedAt()) ? event.occurredAt() : event.receivedAt();
		long micros = at.getEpochSecond() * 1_000_000L + at.getNano() / 1000;
		long amount = amount(event.properties());
		boolean extra = false;
		for (String category : categories(event.properties())) {
			add(event.profile(), number(new ActivityType(event.name(), category, extra)), micros, amount);
			extra = true;
		}
	}

	/** Types in the order of their numbers, which start at 1. */
	Set<ActivityType> types() {
		return this.types.keySet();
	}

	List<ProfileId> profiles() {
		return this.profiles;
	}

	/** Number of each entry's type, 0 for none. */
	List<Integer> typeNumbers() {
		return this.typeNumbers;
	}

	/** Time of each entry in microseconds since 1970. */
	List<Long> times() {
		return this.times;
	}

	/** Amount of each entry in ten-thousandths of its currency. */
	List<Long> amounts() {
		return this.amounts;
	}

	private int number(ActivityType type) {
		Integer number = this.types.get(type);
		if (number == null) {
			number = this.types.size() + 1;
			this.types.put(type, number);
		}
		return number;
	}

	private void add(ProfileId profile, int typeNumber, long at, long amount) {
		this.profiles.add(profile);
		this.typeNumbers.add(typeNumber);
		this.times.add(at);
		this.amounts.add(amount);
	}

	/**
	 * The event's own category first, then the categories of its products; a single empty
	 * text when there is none.
	 */
	private static Collection<String> categories(JsonNode properties) {
		String own = category(properties);
		JsonNode products = properties.path("products");
		if (!products.isArray() || products.isEmpty()) {
			return List.of((own != null) ? own : "");
		}
		Set<String> categories = new LinkedHashSet<>();
		if (own != null) {
			categories.add(own);
		}
		for (int i = 0; i < products.size() && categories.size() < MAX_CATEGORIES; i++) {
			String category = category(products.get(i));
			if (category != null) {
				categories.add(category);
			}
		}
		return categories.isEmpty() ? List.of("") : categories;
	}

	private static @Nullable String category(JsonNode node) {
		JsonNode value = node.path("category");
		if (!value.isTextual()) {
			return null;
		}
		String text = value.textValue().strip();
		return (text.isEmpty() || text.length() > MAX_CATEGORY_LENGTH || text.indexOf('\0') >= 0) ? null : text;
	}

	/** As in the purchase features: revenue first, it excludes shipping and tax. */
	private static long amount(JsonNode properties) {
		for (String name : List.of("revenue", "total", "value", "price")) {
			JsonNode value = properties.path(name);
			if (!value.isMissingNode() && !value.isNull()) {
				return amount(value.asText());
			}
		}
		return 0;
	}

	private static long amount(String text) {
		if (text.length() > 20) {
			return 0;
		}
		try {
			BigDecimal amount = new BigDecimal(text.strip());
			boolean plausible = amount.signum() > 0 && amount.compareTo(MAX_AMOUNT) <= 0 && amount.scale() < 30;
			return plausible ? amount.setScale(AMOUNT_SCALE, RoundingMode.HALF_UP).unscaledValue().longValueExact() : 0;
		}
		catch (NumberFormatException notANumber) {
			return 0;
		}
	}

	private static boolean isTrue(JsonNode value) {
		return value.isBoolean() ? value.booleanValue() : "true".equals(value.asText());
	}

}
