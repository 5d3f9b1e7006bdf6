package io.waypost.consent;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.JsonBody;
import io.waypost.access.Requires;
import io.waypost.identity.ContactDetails;
import io.waypost.identity.Identifier;
import io.waypost.identity.IdentifierMask;
import io.waypost.identity.Profiles;
import io.waypost.identity.UserIdSegment;
import io.waypost.identity.Vault;
import io.waypost.kernel.Page;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads and records the consents of a profile. */
@RestController
@RequestMapping("/api/v1/profiles/{userId}/consents")
@Requires(AccessRight.READ_PROFILES)
class ConsentController {

	private final Consents consents;

	private final Profiles profiles;

	private final Vault vault;

	private final Clock clock;

	ConsentController(Consents consents, Profiles profiles, Vault vault, Clock clock) {
		this.vault = vault;
		this.consents = consents;
		this.profiles = profiles;
		this.clock = clock;
	}

	/** A current answer, as the API returns it, without the IP address. */
	record ConsentResponse(String topic, ConsentStatus status, @Nullable String basis, long version, Instant at,
			EvidenceResponse evidence) {

		static ConsentResponse of(Consent consent, UnaryOperator<String> mask) {
			ConsentEvidence evidence = consent.evidence();
			@Nullable String text = (evidence.text() != null) ? mask.apply(evidence.text()) : null;
			@Nullable String version = (evidence.textVersion() != null) ? mask.apply(evidence.textVersion()) : null;
			return new ConsentResponse(consent.topic(), consent.status(), consent.basis(), consent.version(),
					consent.at(), new EvidenceResponse(mask.apply(evidence.source()), text, version));
		}

	}

	/** Its evidence. */
	record EvidenceResponse(String source, @Nullable String text, @Nullable String textVersion) {

	}

	/**
	 * Body of a change.
	 *
	 * @param status GRANTED, DENIED or REVOKED
	 * @param evidence required for GRANTED
	 * @param basis legal basis such as consent or soft_opt_in
	 */
	private record ConsentRequest(ConsentStatus status, @Nullable EvidenceRequest evidence, @Nullable String basis) {

	}

	private record EvidenceRequest(String source, @Nullable String text, @Nullable String textVersion,
			@Nullable String ip, @Nullable Instant at) {

	}

	@GetMapping
	Page<ConsentResponse> list(@AuthenticationPrincipal Caller caller, @PathVariable String userId) {
		ProfileId profile = profile(caller, userId);
		ContactDetails person = this.vault.open(caller.tenant(), List.of(profile)).get(profile);
		List<Consent> consents = this.consents.of(caller.tenant(), profile);
		return new Page<>(consents.stream()
			.map((consent) -> ConsentResponse.of(consent, (text) -> IdentifierMask.text(text, person, caller)))
			.toList(), null);
	}

	@PutMapping("/{topic}")
	@Requires(AccessRight.CHANGE_CONSENTS)
	ConsentResponse put(@AuthenticationPrincipal Caller caller, @PathVariable String userId, @PathVariable String topic,
			@RequestBody @JsonBody(ConsentRequest.class) JsonNode body) {
		if (!ConsentEventListener.TOPIC.matcher(topic).matches()) {
			throw InvalidRequestException
				.notFound("Topic '%s' must be 1 to 64 letters, digits, dots, hyphens or underscores, ".formatted(topic)
						+ "beginning with a letter or digit");
		}
		ProfileId profile = profile(caller, userId);
		ConsentChange change = ConsentRequestParser.parse(profile, topic, body, this.clock);
		this.consents.record(caller.tenant(), caller.actor(), List.of(change));
		return this.consents.of(caller.tenant(), profile)
			.stream()
			.filter((consent) -> consent.topic().equals(topic))
			.map((consent) -> ConsentResponse.of(consent, UnaryOperator.identity()))
			.findFirst()
			.orElseThrow(() -> InvalidRequestException.badRequest("/evidence/at",
					"is not later than the erasure of this person, which deleted all earlier answers; "
							+ "record only an answer that the person gave since"));
	}

	private ProfileId profile(Caller caller, String userId) {
		return this.profiles.find(caller.tenant(), new Identifier(Identifier.Type.USER_ID, UserIdSegment.read(userId)))
			.orElseThrow(() -> InvalidRequestException
				.notFound("No profile has this userId; a profile is created by the first event or import"));
	}

}
