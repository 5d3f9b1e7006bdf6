package io.waypost.audience.language;

import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Attribute of a profile that conditions can use. */
public enum SegmentAttribute {

	/** ISO 3166 alpha-2 code, from traits. */
	COUNTRY("country", AttributeType.TEXT),

	/** ISO 639 code: the first part of the locale. */
	LANGUAGE("language", AttributeType.TEXT),

	/** BCP 47 tag. */
	LOCALE("locale", AttributeType.TEXT),

	/** IANA zone id. */
	TIME_ZONE("time zone", AttributeType.TEXT),

	/** {@code desktop}, {@code mobile} or {@code tablet}; {@code device@v1}. */
	DEVICE("device", AttributeType.TEXT),

	/** {@code lifecycle@v1}; always known. */
	STAGE("lifecycle stage", AttributeType.TEXT),

	/** The category with the highest affinity; {@code affinity@v1}. */
	TOP_CATEGORY("top category", AttributeType.TEXT),

	/** E-mail address; only {@code is known} is allowed. */
	EMAIL("email", AttributeType.PRESENCE),

	/** 0 to 100; {@code engagement@v1}; always known. */
	SCORE("engagement score", AttributeType.NUMBER),

	/** {@code purchase@v1}; always known. */
	ORDERS("order count", AttributeType.NUMBER),

	/** Revenue less refunds in the main currency; {@code purchase@v1}. */
	SPENT("money spent", AttributeType.NUMBER),

	/** In the main currency; {@code purchase@v1}. */
	AVERAGE_ORDER("average order value", AttributeType.NUMBER),

	/** Whole periods of 24 hours. */
	SINCE_ORDER("days since last order", AttributeType.DAYS),

	/** Whole periods of 24 hours. */
	SINCE_FIRST_ORDER("days since first order", AttributeType.DAYS),

	/** Whole periods of 24 hours; machine opens do not count. */
	SINCE_OPEN("days since last open", AttributeType.DAYS),

	/** Whole periods of 24 hours; machine clicks do not count. */
	SINCE_CLICK("days since last click", AttributeType.DAYS),

	/** Whole periods of 24 hours since the profile was created; always known. */
	SINCE_SEEN("days since first seen", AttributeType.DAYS);

	private static final List<String> STAGES = List.of("prospect", "new", "active", "loyal", "at-risk", "lapsed");

	private static final List<String> DEVICES = List.of("desktop", "mobile", "tablet");

	private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

	private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

	private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

	private final String phrase;

	private final AttributeType type;

	SegmentAttribute(String phrase, AttributeType type) {
		this.phrase = phrase;
		this.type = type;
	}

	/** Type of an attribute; determines the allowed conditions. */
	public enum AttributeType {

		/** Compared with a list of values. */
		TEXT,

		/** Compared with numbers. */
		NUMBER,

		/** A time, compared by whole days since then. */
		DAYS,

		/** Only presence can be tested. */
		PRESENCE

	}

	/**
	 * Returns the name in the language.
	 * @return words in lower case
	 */
	public String phrase() {
		return this.phrase;
	}

	/**
	 * Returns the type.
	 * @return the type
	 */
	public AttributeType type() {
		return this.type;
	}

	/**
	 * Converts a value to its stored form.
	 * @param value as written in a definition
	 * @return empty if the attribute cannot have this value
	 */
	Optional<String> canonicalValue(String value) {
		String lower = value.toLowerCase(Locale.ROOT);
		String upper = value.toUpperCase(Locale.ROOT);
		return switch (this) {
			case COUNTRY -> Optional.of(upper).filter(COUNTRIES::contains);
			case LANGUAGE -> Optional.of(lower).filter(LANGUAGES::contains);
			case LOCALE -> tag(value);
			case TIME_ZONE -> Optional.of(value).filter(ZONES::contains);
			case DEVICE -> Optional.of(lower).filter(DEVICES::contains);
			case STAGE -> Optional.of(lower.replace('_', '-').replace(' ', '-')).filter(STAGES::contains);
			default -> Optional.of(value);
		};
	}

	/** Example of a valid value, for error messages. */
	String example() {
		return switch (this) {
			case COUNTRY -> "a country code such as DE";
			case LANGUAGE -> "a language code such as de";
			case LOCALE -> "a language tag such as de-AT";
			case TIME_ZONE -> "a time zone such as Europe/Vienna";
			case DEVICE -> "one of " + String.join(", ", DEVICES);
			case STAGE -> "one of " + String.join(", ", STAGES);
			default -> "a text";
		};
	}

	/** Values to suggest for misspelt ones. */
	Set<String> suggestedValues() {
		return switch (this) {
			case TIME_ZONE -> ZONES;
			case DEVICE -> Set.copyOf(DEVICES);
			case STAGE -> Set.copyOf(STAGES);
			default -> Set.of();
		};
	}

	private static Optional<String> tag(String value) {
		try {
			return Optional.of(new Locale.Builder().setLanguageTag(value.replace('_', '-')).build().toLanguageTag())
				.filter((tag) -> !tag.startsWith("und"));
		}
		catch (IllformedLocaleException malformed) {
			return Optional.empty();
		}
	}

}
