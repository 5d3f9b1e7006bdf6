package io.waypost.feature;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.RequestTime;
import io.waypost.access.Requires;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.identity.UserIdSegment;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** REST API of features and feature views. */
@RestController
@RequestMapping("/api/v1")
@Requires(AccessRight.READ_PROFILES)
class FeatureController {

	private final FeatureStore store;

	private final Profiles profiles;

	private final Clock clock;

	FeatureController(FeatureStore store, Profiles profiles, Clock clock) {
		this.store = store;
		this.profiles = profiles;
		this.clock = clock;
	}

	/** Features of one profile. */
	record ProfileFeatures(ProfileId profileId, Instant readAt, @Nullable Instant updatedAt, List<FeatureItem> items) {

		static ProfileFeatures of(Features features) {
			List<FeatureItem> items = features.values()
				.stream()
				.map((value) -> FeatureItem.of(value, features.readAt()))
				.toList();
			return new ProfileFeatures(features.profile(), features.readAt(), features.updatedAt(), items);
		}

	}

	/**
	 * A feature.
	 *
	 * @param age time from the newest event of the value to the time of reading
	 */
	record FeatureItem(String name, @Nullable Object value, String view, @Nullable Instant asOf,
			@Nullable Duration age) {

		static FeatureItem of(FeatureValue value, Instant readAt) {
			Instant asOf = value.asOf();
			return new FeatureItem(value.name(), value.value(), value.view(), asOf,
					(asOf != null) ? Duration.between(asOf, readAt) : null);
		}

	}

	@GetMapping("/feature-views")
	@Requires(AccessRight.READ_SEGMENTS)
	Page<FeatureView> views() {
		return new Page<>(this.store.views(), null);
	}

	@GetMapping("/profiles/{userId}/features")
	ProfileFeatures features(@AuthenticationPrincipal Caller caller, @PathVariable String userId,
			@RequestParam(required = false) @Nullable String asOf) {
		ProfileId profile = this.profiles
			.find(caller.tenant(), new Identifier(Identifier.Type.USER_ID, UserIdSegment.read(userId)))
			.orElseThrow(() -> InvalidRequestException
				.notFound("No profile has this userId; the first identify event with it creates the profile"));
		if (asOf == null) {
			return ProfileFeatures.of(this.store.online(caller.tenant(), profile));
		}
		return ProfileFeatures.of(this.store.asOf(caller.tenant(), profile, moment(asOf)));
	}

	private Instant moment(String text) {
		Instant moment = parsed(text);
		if (moment.isAfter(this.clock.instant())) {
			throw invalid(text);
		}
		return moment;
	}

	private static Instant parsed(String text) {
		try {
			return RequestTime.parse(text);
		}
		catch (DateTimeException notATime) {
			throw invalid(text);
		}
	}

	private static InvalidRequestException invalid(String text) {
		return new InvalidRequestException(HttpStatus.BAD_REQUEST,
				"asOf is '%s'; it must be a past ISO 8601 time such as 2026-11-01T12:00:00Z".formatted(text),
				List.of());
	}

}
