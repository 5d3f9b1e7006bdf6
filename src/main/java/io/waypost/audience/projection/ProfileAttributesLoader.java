package io.waypost.audience.projection;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.waypost.audience.projection.ProfileAttributesRepository.AttributesRow;
import io.waypost.consent.ConsentStatus;
import io.waypost.consent.Consents;
import io.waypost.feature.FeatureStore;
import io.waypost.feature.FeatureValue;
import io.waypost.feature.Features;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Loads the attributes of profiles from identity, features and consents, and stores them
 * in one row per profile. It executes a few statements for any number of profiles.
 */
@Component
class ProfileAttributesLoader {

	private final Profiles profiles;

	private final FeatureStore features;

	private final Consents consents;

	private final ProfileAttributesRepository repository;

	private final Clock clock;

	ProfileAttributesLoader(Profiles profiles, FeatureStore features, Consents consents,
			ProfileAttributesRepository repository, Clock clock) {
		this.profiles = profiles;
		this.features = features;
		this.consents = consents;
		this.repository = repository;
		this.clock = clock;
	}

	/**
	 * Refreshes the attributes of profiles in the caller's transaction.
	 * @param tenant the tenant
	 * @param ids surviving profiles, locked by the caller
	 */
	void load(TenantId tenant, Collection<ProfileId> ids) {
		Map<ProfileId, Profile> profiles = this.profiles.read(tenant, ids);
		Map<ProfileId, Features> features = this.features.online(tenant, ids);
		Map<ProfileId, Map<String, ConsentStatus>> consents = this.consents.current(tenant, ids);
		List<AttributesRow> rows = new ArrayList<>(profiles.size());
		for (ProfileId id : ids) {
			Profile profile = profiles.get(id);
			Features ofProfile = features.get(id);
			if (profile != null && ofProfile != null) {
				rows.add(row(profile, ofProfile, consents.getOrDefault(id, Map.of())));
			}
		}
		this.repository.write(tenant, LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC), rows);
	}

	private static AttributesRow row(Profile profile, Features features, Map<String, ConsentStatus> consents) {
		Map<String, @Nullable Object> values = new HashMap<>();
		for (FeatureValue value : features.values()) {
			values.put(value.name(), value.value());
		}
		String zone = (profile.timeZone() != null) ? profile.timeZone() : features.timeZone();
		Locale locale = locale((profile.locale() != null) ? profile.locale() : (String) values.get("locale"));
		String category = features.categoryAffinity().keySet().stream().findFirst().orElse(null);
		List<@Nullable Object> columns = Arrays.<@Nullable Object>asList(profile.id().value(), profile.createdAt(),
				profile.country(), (locale != null) ? locale.getLanguage() : null,
				(locale != null) ? locale.toLanguageTag() : null, zone, profile.addressHash() != null,
				features.lifecycleStage().name().toLowerCase(Locale.ROOT).replace('_', '-'), features.engagementScore(),
				features.orderCount(), values.get("monetary"), values.get("average_order_value"),
				values.get("first_order_at"), values.get("last_order_at"), values.get("last_open_at"),
				values.get("last_click_at"), category, features.device());
		return new AttributesRow(columns, topics(consents, true), topics(consents, false));
	}

	private static String topics(Map<String, ConsentStatus> consents, boolean granted) {
		return consents.entrySet()
			.stream()
			.filter((consent) -> (consent.getValue() == ConsentStatus.GRANTED) == granted)
			.map(Map.Entry::getKey)
			.sorted()
			.collect(Collectors.joining(","));
	}

	/** Returns null for tags without a language, which some sources send. */
	private static @Nullable Locale locale(@Nullable String tag) {
		Locale locale = (tag != null) ? Locale.forLanguageTag(tag.replace('_', '-')) : Locale.ROOT;
		return locale.getLanguage().isEmpty() ? null : locale;
	}

}
