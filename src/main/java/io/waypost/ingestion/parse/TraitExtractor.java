package io.waypost.ingestion.parse;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waypost.identity.Traits;
import io.waypost.kernel.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * Extracts the traits of an {@code identify}: direct identifiers for the vault, and
 * indirect attributes.
 */
final class TraitExtractor {

	/**
	 * Property of an event that lists traits with unusable values.
	 */
	static final String UNUSABLE = "unusableTraits";

	private static final Map<String, String> COUNTRIES = countries();

	private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

	/** Other spellings of the vault's standard fields. */
	private static final Map<String, String> FIELDS = Map.of("first_name", "firstName", "firstname", "firstName",
			"last_name", "lastName", "lastname", "lastName", "phoneNumber", "phone", "phone_number", "phone", "Email",
			"email");

	private final DirectIdentifierFilter direct;

	TraitExtractor(List<String> ids) {
		this.direct = new DirectIdentifierFilter(ids);
	}

	/**
	 * Removes direct identifiers from the event's traits and returns them; other traits
	 * stay. Mobile libraries put traits into the context; the event's own traits take
	 * precedence.
	 */
	Traits extract(ObjectNode event, ObjectNode context) throws EventValidationException {
		ObjectNode traits = event.objectNode();
		if (context.path("traits") instanceof ObjectNode before) {
			traits.setAll(before);
		}
		if (event.path("traits") instanceof ObjectNode stated) {
			traits.setAll(stated);
		}
		else if (event.hasNonNull("traits")) {
			throw new EventValidationException("not-an-object", "/traits", "must be a JSON object");
		}
		event.set("traits", traits);
		Map<String, String> removed = new HashMap<>();
		this.direct.stripTraits(traits, "/traits")
			.forEach((field, value) -> removed.put(FIELDS.getOrDefault(field, field), value));
		Optional<EmailAddress> email = email(removed.remove("email"), traits);
		return new Traits(email.orElse(null), removed, country(traits, context), locale(traits, context),
				timeZone(traits, context));
	}

	private static Optional<EmailAddress> email(@Nullable String text, ObjectNode traits) {
		Optional<EmailAddress> email = EmailAddress.parse(text);
		if (text != null && email.isEmpty()) {
			traits.putArray(UNUSABLE).add("email");
		}
		return email;
	}

	private static @Nullable String country(ObjectNode traits, ObjectNode context) {
		for (JsonNode stated : List.of(traits.path("address").path("country"), traits.path("country"),
				context.path("location").path("country"))) {
			String country = COUNTRIES.get(stated.asText("").strip().toUpperCase(Locale.ROOT));
			if (country != null) {
				return country;
			}
		}
		return null;
	}

	private static @Nullable String locale(ObjectNode traits, ObjectNode context) {
		String stated = traits.path("locale").asText(context.path("locale").asText(""));
		try {
			String tag = new Locale.Builder().setLanguageTag(stated.strip().replace('_', '-')).build().toLanguageTag();
			return tag.equals("und") ? null : tag;
		}
		catch (IllformedLocaleException notATag) {
			return null;
		}
	}

	private static @Nullable String timeZone(ObjectNode traits, ObjectNode context) {
		String stated = traits.path("timezone").asText(context.path("timezone").asText("")).strip();
		try {
			return (ZONES.contains(stated)) ? ZoneId.of(stated).getId() : null;
		}
		catch (DateTimeException notAZone) {
			return null;
		}
	}

	/** Maps ISO codes and English names, both in upper case, to ISO codes. */
	private static Map<String, String> countries() {
		Map<String, String> countries = new HashMap<>();
		for (String code : Locale.getISOCountries()) {
			countries.put(code, code);
			countries.put(Locale.of("", code).getDisplayCountry(Locale.ENGLISH).toUpperCase(Locale.ROOT), code);
		}
		countries.putAll(Map.of("UK", "GB", "USA", "US", "UNITED STATES OF AMERICA", "US", "EIRE", "IE"));
		return countries;
	}

}
