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
 * What segments can ask of events, picked out in one pass, in the shape of a queue row.
 * It runs in the transaction that stores the events, so it makes few objects.
 */
public final class Activities {

	private static final int LONGEST_CATEGORY = 100;

	private static final int MOST_CATEGORIES = 20;

	private static final BigDecimal MOST_WORTH = new BigDecimal("1000000000");

	private static final int WORTH_SCALE = 4;

	private final Map<ActivityType, Integer> types = new LinkedHashMap<>();

	private final List<ProfileId> profiles;

	private final List<Integer> numbers;

	private final List<Long> times;

	private final List<Long> worths;

	Activities(int expected) {
		this.profiles = new ArrayList<>(expected);
		this.numbers = new ArrayList<>(expected);
		this.times = new ArrayList<>(expected);
		this.worths = new ArrayList<>(expected);
	}

	/**
	 * What can be done.
	 *
	 * @param event the tracking plan's name
	 * @param category empty for none
	 * @param extra a further category of an event that has one already
	 */
	record ActivityType(String event, String category, boolean extra) {

	}

	public static Activities of(Collection<Event> events) {
		Activities deeds = new Activities(events.size() + events.size() / 4);
		events.forEach(deeds::add);
		return deeds;
	}

	/** Only that something about people has changed. */
	static Activities profileChanges(Collection<ProfileId> profiles) {
		Activities deeds = new Activities(profiles.size());
		profiles.forEach((profile) -> deeds.put(profile, 0, 0, 0));
		return deeds;
	}

	/** What machines did is no deed of a person, but it may still say something of it. */
	void add(Event event) {
		if (!"track".equals(event.type()) || isTrue(event.properties().path("machine"))) {
			put(event.profile(), 0, 0, 0);
			return;
		}
		Instant at = event.occurredAt().isBefore(event.receivedAt()) ? event.occurredAt() : event.receivedAt();
		long micros = at.getEpochSecond() * 1_000_000L + at.getNano() / 1000;
		long worth = worth(event.properties());
		boolean extra = false;
		for (String category : categories(event.properties())) {
			put(event.profile(), number(new ActivityType(event.name(), category, extra)), micros, worth);
			extra = true;
		}
	}

	Set<ActivityType> types() {
		return this.types.keySet();
	}

	List<ProfileId> profiles() {
		return this.profiles;
	}

	List<Integer> numbers() {
		return this.numbers;
	}

	List<Long> times() {
		return this.times;
	}

	List<Long> worths() {
		return this.worths;
	}

	private int number(ActivityType action) {
		Integer known = this.types.get(action);
		if (known == null) {
			known = this.types.size() + 1;
			this.types.put(action, known);
		}
		return known;
	}

	private void put(ProfileId profile, int action, long at, long worth) {
		this.profiles.add(profile);
		this.numbers.add(action);
		this.times.add(at);
		this.worths.add(worth);
	}

	/**
	 * The event's own category first, then those of its products; the empty text when
	 * there is none.
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
		for (int i = 0; i < products.size() && categories.size() < MOST_CATEGORIES; i++) {
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
		return (text.isEmpty() || text.length() > LONGEST_CATEGORY || text.indexOf('\0') >= 0) ? null : text;
	}

	/** As the purchase features count it: revenue leaves out shipping and tax. */
	private static long worth(JsonNode properties) {
		for (String name : List.of("revenue", "total", "value", "price")) {
			JsonNode value = properties.path(name);
			if (!value.isMissingNode() && !value.isNull()) {
				return worth(value.asText());
			}
		}
		return 0;
	}

	private static long worth(String text) {
		if (text.length() > 20) {
			return 0;
		}
		try {
			BigDecimal amount = new BigDecimal(text.strip());
			boolean ordinary = amount.signum() > 0 && amount.compareTo(MOST_WORTH) <= 0 && amount.scale() < 30;
			return ordinary ? amount.setScale(WORTH_SCALE, RoundingMode.HALF_UP).unscaledValue().longValueExact() : 0;
		}
		catch (NumberFormatException notANumber) {
			return 0;
		}
	}

	private static boolean isTrue(JsonNode value) {
		return value.isBoolean() ? value.booleanValue() : "true".equals(value.asText());
	}

}
