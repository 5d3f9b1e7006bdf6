package io.waypost.identity.privacy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.identity.Identifier;
import io.waypost.identity.Profiles;
import io.waypost.identity.UserIdSegment;
import io.waypost.kernel.ProfileId;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Data subject requests: export and erasure of a person's data. */
@RestController
@RequestMapping("/api/v1/profiles/{userId}")
@Tag(name = "Data subjects", description = "Export and erasure of a person's data")
@Requires(AccessRight.HANDLE_DATA_SUBJECTS)
class DataSubjectController {

	private final Profiles profiles;

	private final PersonalDataExporter exports;

	private final ProfileEraser erasures;

	DataSubjectController(Profiles profiles, PersonalDataExporter exports, ProfileEraser erasures) {
		this.profiles = profiles;
		this.exports = exports;
		this.erasures = erasures;
	}

	@GetMapping("/export")
	@Operation(summary = "Export all data of a person",
			description = "One JSON object with an array for each part: profile, events, failed events, "
					+ "consents with their evidence, features, messages with content and explanation, journeys")
	void export(@AuthenticationPrincipal Caller caller, @PathVariable String userId, HttpServletResponse answer)
			throws IOException {
		ProfileId profile = this.profiles
			.find(caller.tenant(), new Identifier(Identifier.Type.USER_ID, UserIdSegment.read(userId)))
			.orElseThrow(DataSubjectController::unknown);
		answer.setContentType(MediaType.APPLICATION_JSON_VALUE);
		answer.setCharacterEncoding(StandardCharsets.UTF_8.name());
		answer.setHeader(HttpHeaders.CONTENT_DISPOSITION,
				"attachment; filename=\"profile-%s.json\"".formatted(profile));
		answer.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		this.exports.write(caller.tenant(), caller.actor(), profile, answer.getOutputStream());
	}

	@DeleteMapping
	@Operation(summary = "Erase a person",
			description = "Takes effect at once and cannot be undone. A repeated request returns the same receipt")
	ErasureReceipt erase(@AuthenticationPrincipal Caller caller, @PathVariable String userId) {
		return this.erasures.erase(caller.tenant(), caller.actor(), UserIdSegment.read(userId))
			.orElseThrow(DataSubjectController::unknown);
	}

	private static InvalidRequestException unknown() {
		return InvalidRequestException
			.notFound("No profile has this userId; a profile is created by the first event or import");
	}

}
