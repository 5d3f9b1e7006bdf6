package io.waypost.agent.preview;

import java.util.LinkedHashMap;
import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.NothingStored;
import io.waypost.access.PreviewLimit;
import io.waypost.access.Requires;
import io.waypost.content.RenderedEmail;
import io.waypost.content.Template;
import io.waypost.content.TemplateAdministration;
import io.waypost.kernel.ProfileId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/templates/{key}/versions/{version}")
@Tag(name = "Templates")
@Requires(AccessRight.CHANGE_CONTENT)
class TemplatePreviewController {

	private final TemplateAdministration administration;

	private final TestRecipients recipients;

	private final MessagePreview preview;

	private final PreviewLimit previews;

	private final TestSends testSends;

	TemplatePreviewController(TemplateAdministration administration, TestRecipients recipients, MessagePreview preview,
			PreviewLimit previews, TestSends testSends) {
		this.administration = administration;
		this.recipients = recipients;
		this.preview = preview;
		this.previews = previews;
		this.testSends = testSends;
	}

	@PostMapping("/preview")
	@NothingStored
	@Operation(summary = "Preview a version for a profile",
			description = "The message is planned, written, scored and inspected like a real one. Nothing is stored or "
					+ "sent")
	Map<String, @Nullable Object> preview(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@PathVariable int version, @RequestBody PreviewRequest body) {
		if (body.userId() == null || body.userId().isBlank()) {
			throw InvalidRequestException.badRequest("/userId",
					"is missing; name the user id of the profile to preview");
		}
		ProfileId profile = this.recipients.profile(caller.tenant(), body.userId());
		Template template = this.administration.require(caller.tenant(), key, version);
		return response(this.previews.call(() -> this.preview.preview(caller, profile, template)));
	}

	@PostMapping("/test")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Operation(summary = "Send a version as a test",
			description = "To a profile that is subscribed to its topic (userId), or to a configured test address (to). "
					+ "With both, the address receives the content of the profile. The message is sent like any other; "
					+ "its subject begins with [Test] and it counts towards no frequency cap")
	TestSendResponse test(@AuthenticationPrincipal Caller caller, @PathVariable String key, @PathVariable int version,
			@RequestBody TestSendRequest body) {
		return new TestSendResponse(
				this.testSends.send(caller, this.administration.require(caller.tenant(), key, version), body)
					.toString());
	}

	private static Map<String, @Nullable Object> response(PreviewResult result) {
		RenderedEmail email = result.email();
		Map<String, @Nullable Object> response = new LinkedHashMap<>();
		response.put("template", result.template().key());
		response.put("version", result.template().version());
		response.put("outcome", result.outcome());
		response.put("reason", result.reason());
		response.put("until", result.until());
		response.put("subject", (email != null) ? email.subject() : null);
		response.put("html", (email != null) ? email.html() : null);
		response.put("text", (email != null) ? email.text() : null);
		response.put("inbox", result.inbox());
		result.explanation().forEach(response::put);
		response.put("versions", result.explanation().get("versions"));
		return response;
	}

	/**
	 * Request body of a preview.
	 *
	 * @param userId user id of the profile
	 */
	record PreviewRequest(@Nullable String userId) {

	}

	/**
	 * Response of a test send.
	 *
	 * @param sendId id of the send
	 */
	record TestSendResponse(String sendId) {

	}

}
