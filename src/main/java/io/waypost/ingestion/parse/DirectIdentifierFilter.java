package io.waypost.ingestion.parse;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

/**
 * Removes direct identifiers from events before they are stored:
 * <ul>
 * <li>A value is removed when its key names a direct identifier: {@code email},
 * {@code phone}, {@code firstName}, {@code username}, {@code birthday}, {@code ip} and
 * similar ones, in any spelling and with any prefix ({@code invitee_email}); {@code name}
 * only among traits, because products have names too.</li>
 * <li>Of an {@code address} or {@code location} only the country is kept.</li>
 * <li>Employers and titles ({@code company}, {@code jobTitle}, {@code title}) and free
 * text that people write ({@code comment}, {@code feedback}, {@code bio}, search
 * {@code query}) are removed like direct identifiers. A product keeps its title and
 * description, a consent the text that was shown.</li>
 * <li>Queries and fragments of URLs are removed, except the campaign parameters
 * {@code utm_*}. A product keeps its URLs whole: messages link to them.</li>
 * <li>E-mail addresses inside of texts are replaced, also when percent-encoded in a
 * URL.</li>
 * <li>A text that equals one of the event's own ids is removed.</li>
 * </ul>
 * Values removed from the traits of an {@code identify} are stored in the vault, all
 * others are dropped.
 */
public final class DirectIdentifierFilter {

	/** Replaces an e-mail address. */
	static final String REMOVED = "[removed]";

	private static final Set<String> ENDINGS = Set.of("email", "emailaddress", "firstname", "lastname", "middlename",
			"fullname", "givenname", "familyname", "surname", "maidenname", "phone", "phonenumber", "username",
			"userid", "anonymousid", "birthday", "birthdate", "dateofbirth", "avatar", "ipaddress", "streetaddress",
			"postalcode", "zipcode");

	private static final Set<String> WHOLE = Set.of("ip", "dob", "ssn", "mobile", "fax", "street", "zip", "postcode",
			"token", "advertisingid", "deviceid", "latitude", "longitude");

	private static final Set<String> EMPLOYERS = Set.of("company", "companyname", "employer", "organisation",
			"organization", "organisationname", "organizationname", "school", "university", "department", "jobtitle",
			"jobposition");

	private static final Set<String> FREE_TEXT = Set.of("title", "headline", "description", "comment", "comments",
			"message", "messagetext", "feedback", "note", "notes", "remark", "remarks", "bio", "about", "aboutme",
			"text", "body", "subject", "question", "answer", "reviewtext", "search", "query", "searchquery",
			"searchterm", "searchterms", "keyword", "keywords", "term");

	/** Free text of a product is the shop's own. */
	private static final Set<String> PRODUCT_TEXT = Set.of("title", "description", "headline");

	private static final Set<String> PRODUCT_KEYS = Set.of("product_id", "productId", "sku");

	private static final Set<String> PLACES = Set.of("address", "billingaddress", "shippingaddress", "location");

	private static final Set<String> PLACE_KEPT = Set.of("country", "countrycode");

	/**
	 * Matches e-mail addresses, also percent-encoded as in the query of a URL. Every
	 * repetition is bounded, so that the time per character is bounded in a long text
	 * without an address.
	 */
	private static final Pattern ADDRESS = Pattern
		.compile("[\\p{L}\\p{N}._+'-]{1,64}+(?:@|%40)" + "[\\p{L}\\p{N}-]{1,63}+(?:\\.[\\p{L}\\p{N}-]{1,63}+){1,8}+");

	/** Sources use the same few keys; the limit protects against random ones. */
	private static final int CACHED_KEYS = 10_000;

	private static final LoadingCache<String, Kind> KINDS = Caffeine.newBuilder()
		.maximumSize(CACHED_KEYS)
		.build(DirectIdentifierFilter::classify);

	private static final int SHORTEST_ID = 6;

	/** A URL, or its path. */
	private static final Pattern URL = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]{0,30}+:)?+/{1,3}+[^\\s?#]*+[?#].*+",
			Pattern.DOTALL);

	private static final Pattern CAMPAIGN_PARAMETER = Pattern
		.compile("(?<=[?&])utm_(?:source|medium|campaign|content|id)=[\\w.%+-]{1,100}+(?=[&#]|$)");

	private final List<String> ids;

	private final Map<String, String> removed = new HashMap<>();

	/**
	 * Creates a filter for one event.
	 * @param ids the event's own user, anonymous and previous ids
	 */
	DirectIdentifierFilter(List<String> ids) {
		this.ids = ids.stream().filter((id) -> id.length() >= SHORTEST_ID).toList();
	}

	/** Removes direct identifiers from properties or context, in place. */
	void strip(ObjectNode object, String pointer) throws EventValidationException {
		strip(object, pointer, false);
	}

	/**
	 * Removes direct identifiers from the traits of a person, in place.
	 * @return the removed values by path: {@code firstName}, {@code address.street}
	 */
	Map<String, String> stripTraits(ObjectNode traits, String pointer) throws EventValidationException {
		strip(traits, pointer, true);
		return this.removed;
	}

	/**
	 * Replaces e-mail addresses in a text without a key, such as the name of an event.
	 */
	public static String clean(String text) {
		if (text.indexOf('@') < 0 && !text.contains("%40")) {
			return text;
		}
		return ADDRESS.matcher(text).replaceAll(REMOVED);
	}

	private void strip(ObjectNode object, String pointer, boolean traits) throws EventValidationException {
		try {
			strip(object, new Position(false, traits, Content.SENT));
		}
		catch (EventValidationException invalid) {
			throw invalid.withParent(pointer);
		}
	}

	private void strip(ObjectNode object, Position position) throws EventValidationException {
		boolean place = position.place();
		boolean traits = position.traits();
		Content content = PRODUCT_KEYS.stream().anyMatch(object::has) ? Content.PRODUCT : position.content();
		Iterator<Map.Entry<String, JsonNode>> fields = object.fields();
		while (fields.hasNext()) {
			Map.Entry<String, JsonNode> field = fields.next();
			String key = field.getKey();
			Kind kind = kind(key);
			boolean removed = isDirect(key, kind, place, traits) || kind == Kind.EMPLOYER
					|| (kind == Kind.FREE_TEXT && !content.keeps(key));
			if (removed && !field.getValue().isBoolean()) {
				if (traits || place) {
					keep(key, place, field.getValue());
				}
				fields.remove();
			}
			else if (key.indexOf('\0') >= 0 || key.indexOf('@') >= 0) {
				throw new EventValidationException("bad-key", "",
						"a key contains a null character or an e-mail address");
			}
			else {
				clean(field, new Position(kind == Kind.PLACE, traits && kind == Kind.PLACE, content.within(key)));
			}
		}
	}

	private void clean(Map.Entry<String, JsonNode> field, Position position) throws EventValidationException {
		try {
			JsonNode cleaned = clean(field.getValue(), position);
			if (cleaned != field.getValue()) {
				field.setValue(cleaned);
			}
		}
		catch (EventValidationException invalid) {
			throw invalid.withParent('/' + field.getKey());
		}
	}

	private JsonNode clean(JsonNode value, Position position) throws EventValidationException {
		switch (value) {
			case ObjectNode object -> strip(object,
					new Position(position.place(), position.traits() && !position.place(), position.content()));
			case ArrayNode array -> {
				for (int i = 0; i < array.size(); i++) {
					JsonNode element = array.get(i);
					JsonNode cleaned = clean(element, new Position(position.place(), false, position.content()));
					if (cleaned != element) {
						array.set(i, cleaned);
					}
				}
			}
			case TextNode text -> {
				return cleanText(text, position);
			}
			default -> requireStorable(value);
		}
		return value;
	}

	private JsonNode cleanText(TextNode node, Position position) throws EventValidationException {
		String text = node.textValue();
		if (text.indexOf('\0') >= 0) {
			throw new EventValidationException("null-character", "",
					"contains a null character (\\u0000), which cannot be stored");
		}
		if (position.place() || this.ids.contains(text)) {
			return TextNode.valueOf(REMOVED);
		}
		String cleaned = clean((position.content() == Content.PRODUCT) ? text : withoutQuery(text));
		return cleaned.equals(text) ? node : TextNode.valueOf(cleaned);
	}

	/** Removes query and fragment of a URL, except campaign parameters. */
	static String withoutQuery(String text) {
		if (!URL.matcher(text).matches()) {
			return text;
		}
		int end = text.indexOf('?');
		String path = text.substring(0, (end >= 0) ? end : text.indexOf('#'));
		String kept = CAMPAIGN_PARAMETER.matcher(text)
			.results()
			.map(MatchResult::group)
			.collect(Collectors.joining("&"));
		int fragment = path.indexOf('#');
		return ((fragment >= 0) ? path.substring(0, fragment) : path) + (kept.isEmpty() ? "" : "?" + kept);
	}

	private static void requireStorable(JsonNode value) throws EventValidationException {
		boolean notFinite = value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue());
		boolean huge = value.isBigInteger() && value.bigIntegerValue().bitLength() > 1024;
		if (notFinite || huge) {
			throw new EventValidationException("number-out-of-range", "",
					"is beyond the range of a 64-bit floating-point number");
		}
	}

	private void keep(String key, boolean place, JsonNode value) {
		if (value instanceof ObjectNode && value.path("name").isTextual()) {
			keep(key, place, value.path("name"));
		}
		else if (value.isValueNode() && !value.isNull() && this.removed.size() < 32) {
			this.removed.putIfAbsent(place ? "address." + key : key, value.asText());
		}
	}

	private static boolean isDirect(String key, Kind kind, boolean place, boolean traits) {
		if (place) {
			return kind != Kind.PLACE_KEPT;
		}
		return kind == Kind.DIRECT || (traits && key.equals("name"));
	}

	private static Kind kind(String key) {
		return KINDS.get(key);
	}

	private static Kind classify(String key) {
		StringBuilder letters = new StringBuilder(key.length());
		key.chars().filter(Character::isLetterOrDigit).forEach((letter) -> letters.append((char) letter));
		String plain = letters.toString().toLowerCase(Locale.ROOT);
		if (PLACE_KEPT.contains(plain)) {
			return Kind.PLACE_KEPT;
		}
		if (PLACES.contains(plain)) {
			return Kind.PLACE;
		}
		if (EMPLOYERS.contains(plain)) {
			return Kind.EMPLOYER;
		}
		if (FREE_TEXT.contains(plain)) {
			return Kind.FREE_TEXT;
		}
		boolean direct = WHOLE.contains(plain) || ENDINGS.stream().anyMatch(plain::endsWith);
		return direct ? Kind.DIRECT : Kind.HARMLESS;
	}

	private enum Kind {

		DIRECT, PLACE, PLACE_KEPT, EMPLOYER, FREE_TEXT, HARMLESS

	}

	/**
	 * Where a value is.
	 *
	 * @param place within an address or location
	 * @param traits directly within the traits of a person
	 * @param content what the object around it describes
	 */
	private record Position(boolean place, boolean traits, Content content) {
	}

	/** Who wrote the text of an object. */
	private enum Content {

		/** Not known. */
		SENT,

		/** The shop. */
		PRODUCT,

		/** The shop: the text that a person agreed to. It is evidence. */
		CONSENT;

		boolean keeps(String key) {
			return this == CONSENT || (this == PRODUCT && PRODUCT_TEXT.contains(key));
		}

		Content within(String key) {
			return switch (key) {
				case "products" -> PRODUCT;
				case "consent" -> CONSENT;
				default -> this;
			};
		}

	}

}
