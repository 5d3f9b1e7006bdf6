package io.waypost.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Returns the profile of a person by user id. */
@RestController
@Requires(AccessRight.READ_PROFILES)
class ProfileController {

	private final Profiles profiles;

	private final Vault vault;

	ProfileController(Profiles profiles, Vault vault) {
		this.profiles = profiles;
		this.vault = vault;
	}

	@GetMapping("/api/v1/profiles/{userId}")
	ProfileView profile(@AuthenticationPrincipal Caller caller, @PathVariable String userId) {
		TenantId tenant = caller.tenant();
		ProfileId id = this.profiles.find(tenant, new Identifier(Identifier.Type.USER_ID, UserIdSegment.read(userId)))
			.orElseThrow(ProfileController::unknown);
		// It may have been erased since
		Profile profile = Optional.ofNullable(this.profiles.read(tenant, List.of(id)).get(id))
			.orElseThrow(ProfileController::unknown);
		Vault.DecryptedProfile profileData = this.vault.openAll(tenant, id);
		return new ProfileView(id.toString(), profileData.userIds(), IdentifierMask.apply(profileData.traits(), caller),
				profile.country(), profile.locale(), profile.timeZone(), profile.createdAt());
	}

	private static InvalidRequestException unknown() {
		return InvalidRequestException
			.notFound("No profile has this userId; a profile is created by the first event or import");
	}

	record ProfileView(String id, List<String> userIds, Map<String, String> traits, @Nullable String country,
			@Nullable String locale, @Nullable String timeZone, Instant createdAt) {
	}

}
