package io.waypost.agent.preview;

import java.util.LinkedHashMap;
import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.content.RenderedEmail;
import io.waypost.content.TemplateAdministration;
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
class TemplatePreviewController {

	private final TemplateAdministration desk;

	private final TestRecipients readers;

	private final MessagePreview rehearsal;

	private final TestSends tests;

	TemplatePreviewController(TemplateAdministration desk, TestRecipients readers, MessagePreview rehearsal,
			TestSends tests) {
		this.desk = desk;
		this.readers = readers;
		this.rehearsal = rehearsal;
		this.tests = tests;
	}

	@PostMapping("/preview")
	@Operation(summary = "Show what a version would say to a named person",
			description = "Planned, written, scored and inspected like a real message. Nothing is stored or sent")
	Map<String, @Nullable Object> preview(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@PathVariable int version, @RequestBody PreviewRequest body) {
		if (body.userId() == null || body.userId().isBlank()) {
			throw InvalidRequest.badRequest("/userId", "is missing; name the person whose message you want to see");
		}
		return answer(this.rehearsal.preview(caller.tenant(), this.readers.person(caller.tenant(), body.userId()),
				this.desk.require(caller.tenant(), key, version)));
	}

	@PostMapping("/test")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Operation(summary = "Send a version as a test",
			description = "To a person who agreed to its topic (userId), or to a configured test address (to); with "
					+ "both, the address gets the words found for the person. Takes the way of every message, bears a "
					+ "mark and counts for no cap")
	TestSendResponse test(@AuthenticationPrincipal Caller caller, @PathVariable String key, @PathVariable int version,
			@RequestBody TestSendRequest body) {
		return new TestSendResponse(
				this.tests.send(caller, this.desk.require(caller.tenant(), key, version), body).toString());
	}

	private static Map<String, @Nullable Object> answer(PreviewResult rehearsed) {
		RenderedEmail email = rehearsed.email();
		Map<String, @Nullable Object> answer = new LinkedHashMap<>();
		answer.put("template", rehearsed.template().key());
		answer.put("version", rehearsed.template().version());
		answer.put("outcome", rehearsed.outcome());
		answer.put("reason", rehearsed.reason());
		answer.put("until", rehearsed.until());
		answer.put("subject", (email != null) ? email.subject() : null);
		answer.put("html", (email != null) ? email.html() : null);
		answer.put("text", (email != null) ? email.text() : null);
		rehearsed.explanation().forEach(answer::put);
		answer.put("versions", rehearsed.explanation().get("versions"));
		return answer;
	}

	/**
	 * What is asked for.
	 *
	 * @param userId the source's id of the person
	 */
	record PreviewRequest(@Nullable String userId) {

	}

	/**
	 * What is answered.
	 *
	 * @param sendId under which the test can be followed
	 */
	record TestSendResponse(String sendId) {

	}

}
