package io.waypost.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.access.JsonBody;
import io.waypost.access.Requires;
import io.waypost.identity.AddressHash;
import io.waypost.identity.Profiles;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The list of suppressed addresses. It shows hashes only, so that it cannot be used as a
 * mailing list.
 */
@RestController
@RequestMapping("/api/v1/suppressions")
@Requires(AccessRight.READ_SUPPRESSIONS)
class SuppressionController {

	private static final int MAX_LIMIT = 500;

	private final Suppressions suppressions;

	private final Profiles profiles;

	SuppressionController(Suppressions suppressions, Profiles profiles) {
		this.suppressions = suppressions;
		this.profiles = profiles;
	}

	/**
	 * One suppressed address.
	 *
	 * @param addressHash the first digits of its keyed hash
	 */
	record SuppressionResponse(String addressHash, SuppressionReason reason, String actor, Instant at) {

		static SuppressionResponse of(Suppression suppression) {
			return new SuppressionResponse(Suppressions.shortHash(suppression.address()), suppression.reason(),
					suppression.actor(), suppression.at());
		}

	}

	private record SuppressionRequest(String email, @Nullable SuppressionReason reason) {

	}

	@GetMapping
	Page<SuppressionResponse> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "50") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new InvalidRequestException(HttpStatus.BAD_REQUEST,
					"limit is %d; it must be from 1 to %d".formatted(limit, MAX_LIMIT), List.of());
		}
		Page<Suppression> page = this.suppressions.list(caller.tenant(), limit, cursor);
		return new Page<>(page.items().stream().map(SuppressionResponse::of).toList(), page.nextCursor());
	}

	@PostMapping
	@Requires(AccessRight.CHANGE_SUPPRESSIONS)
	@ResponseStatus(HttpStatus.CREATED)
	SuppressionResponse add(@AuthenticationPrincipal Caller caller,
			@RequestBody @JsonBody(SuppressionRequest.class) JsonNode body) {
		List<Violation> violations = new ArrayList<>();
		Optional<EmailAddress> address = EmailAddress.parse(body.path("email").asText());
		if (address.isEmpty()) {
			violations.add(new Violation("/email", "must be an e-mail address such as anna@example.com"));
		}
		SuppressionReason reason = reason(body, violations);
		if (!violations.isEmpty() || reason == null) {
			throw InvalidRequestException.badRequest(violations);
		}
		AddressHash hash = this.profiles.hash(caller.tenant(), address.orElseThrow());
		this.suppressions.suppress(caller.tenant(), hash, reason, caller.actor());
		return SuppressionResponse.of(this.suppressions.find(caller.tenant(), hash).orElseThrow());
	}

	private static @Nullable SuppressionReason reason(JsonNode body, List<Violation> violations) {
		String text = body.path("reason").asText("MANUAL").toUpperCase(Locale.ROOT);
		for (SuppressionReason reason : SuppressionReason.values()) {
			if (reason.name().equals(text)) {
				return reason;
			}
		}
		violations.add(new Violation("/reason", "'%s' must be one of %s".formatted(body.path("reason").asText(),
				Arrays.toString(SuppressionReason.values()))));
		return null;
	}

}
