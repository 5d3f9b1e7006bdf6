package io.waypost.agent.preview;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.NothingStored;
import io.waypost.access.PreviewLimit;
import io.waypost.access.Requires;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Scores and inspects content of the request. It stores nothing. */
@RestController
@RequestMapping("/api/v1/inspections")
@Tag(name = "Templates")
@Requires(AccessRight.CHANGE_CONTENT)
class InspectionController {

	private final ContentInspection inspection;

	private final PreviewLimit previews;

	InspectionController(ContentInspection inspection, PreviewLimit previews) {
		this.inspection = inspection;
		this.previews = previews;
	}

	@PostMapping
	@NothingStored
	@Operation(summary = "Inspect content",
			description = "Runs the evaluator and the guardrail on content that may be written elsewhere, with the brand "
					+ "kit, the catalogue and the facts of the request. Nothing is stored. route says what would happen "
					+ "to a message with this content: CONTINUE, REVIEW, REGENERATE, FALLBACK or STOP",
			responses = { @ApiResponse(responseCode = "200", description = "OK", useReturnTypeSchema = true),
					@ApiResponse(responseCode = "429",
							description = "4 previews run at the same time, which is the maximum; retry in a second") })
	ContentInspection.InspectedContent inspect(@AuthenticationPrincipal Caller caller,
			@RequestBody InspectionBody body) {
		return this.previews.call(() -> this.inspection.inspect(caller.tenant(), body));
	}

}
