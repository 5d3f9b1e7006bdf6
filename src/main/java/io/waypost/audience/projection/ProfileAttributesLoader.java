package io.waypost.audience.projection;

import java.time.Clock;
import java.time.Instant;
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
 * Reads what identity, feature and consent know of people, a few statements for all of
 * them, and keeps it in a row each.
 */
@Component
class ProfileAttributesLoader {

	private final Profiles profiles;

	private final FeatureStore features;

	private final Consents consents;

	private final ProfileAttributesRepository rows;

	private final Clock clock;

	ProfileAttributesLoader(Profiles profiles, FeatureStore features, Consents consents,
			ProfileAttributesRepository rows, Clock clock) {
		this.profiles = profiles;
		this.features = features;
		this.consents = consents;
		this.rows = rows;
		this.clock = clock;
	}

	/**
	 * Reads people anew, in the caller's transaction.
	 * @param tenant whose people
	 * @param people surviving profiles, held by the caller
	 */
	void load(TenantId tenant, Collection<ProfileId> people) {
		Map<ProfileId, Profile> known = this.profiles.read(tenant, people);
		Map<ProfileId, Features> features = this.features.online(tenant, people);
		Map<ProfileId, Map<String, ConsentStatus>> answers = this.consents.current(tenant, people);
		List<ProfileAttributesRepository.AttributesRow> rows = new ArrayList<>(known.size());
		for (ProfileId person : people) {
			Profile profile = known.get(person);
			Features computed = features.get(person);
			if (profile != null && computed != null) {
				rows.add(row(profile, computed, answers.getOrDefault(person, Map.of())));
			}
		}
		this.rows.write(tenant, LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC), rows);
	}

	private static ProfileAttributesRepository.AttributesRow row(Profile profile, Features features,
			Map<String, ConsentStatus> answers) {
		Map<String, @Nullable Object> values = new HashMap<>();
		for (FeatureValue value : features.values()) {
			values.put(value.name(), value.value());
		}
		String zone = (profile.timeZone() != null) ? profile.timeZone() : features.timeZone();
		Locale locale = locale((profile.locale() != null) ? profile.locale() : (String) values.get("locale"));
		String category = features.categoryAffinity().keySet().stream().findFirst().orElse(null);
		List<@Nullable Object> columns = Arrays.<@Nullable Object>asList(profile.id().value(),
				time(profile.createdAt()), profile.country(), (locale != null) ? locale.getLanguage() : null,
				(locale != null) ? locale.toLanguageTag() : null, zone, profile.addressHash() != null,
				features.lifecycleStage().name().toLowerCase(Locale.ROOT).replace('_', '-'), features.engagementScore(),
				features.orderCount(), values.get("monetary"), values.get("average_order_value"),
				time(values.get("first_order_at")), time(values.get("last_order_at")), time(values.get("last_open_at")),
				time(values.get("last_click_at")), category, features.device());
		return new ProfileAttributesRepository.AttributesRow(columns, topics(answers, true), topics(answers, false));
	}

	private static String topics(Map<String, ConsentStatus> answers, boolean yes) {
		return answers.entrySet()
			.stream()
			.filter((answer) -> (answer.getValue() == ConsentStatus.GRANTED) == yes)
			.map(Map.Entry::getKey)
			.sorted()
			.collect(Collectors.joining(","));
	}

	/** What a source calls a locale may have no language in it. */
	private static @Nullable Locale locale(@Nullable String tag) {
		Locale locale = (tag != null) ? Locale.forLanguageTag(tag.replace('_', '-')) : Locale.ROOT;
		return locale.getLanguage().isEmpty() ? null : locale;
	}

	private static @Nullable Object time(@Nullable Object value) {
		return (value instanceof Instant at) ? at.atOffset(ZoneOffset.UTC).toString() : null;
	}

}
