package io.waypost.agent.llm.budget;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.Requires;
import io.waypost.agent.llm.ModelPurpose;
import io.waypost.kernel.Cursor;
import io.waypost.kernel.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the stored calls of language models. */
@RestController
@RequestMapping("/api/v1/model-calls")
@Tag(name = "Language models")
@Requires(AccessRight.READ_SENDS)
class ModelCallController {

	private final ModelCallRepository calls;

	ModelCallController(ModelCallRepository calls) {
		this.calls = calls;
	}

	@GetMapping
	@Operation(summary = "List calls of language models, newest first",
			description = "Without prompts and answers. Amounts are US dollars")
	Page<ModelCall> list(@AuthenticationPrincipal Caller caller,
			@RequestParam(required = false) @Nullable String campaign,
			@RequestParam(required = false) @Nullable String purpose, @RequestParam(defaultValue = "50") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		int size = Cursor.limit(limit);
		List<ModelCall> rows = this.calls.list(caller.tenant(), campaign(campaign), purpose(purpose),
				Cursor.decode(cursor, 1).map((before) -> before.uuid(0)).orElse(null), size + 1);
		return Cursor.page(rows, size, (last) -> Cursor.of(last.id()));
	}

	@GetMapping("/{id}")
	@Requires(AccessRight.READ_SENT_CONTENT)
	@Operation(summary = "Show a call of a language model with prompt and answer",
			description = "As they are stored: personal data was removed before")
	ModelCall get(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		UUID call = uuid(id);
		if (call == null) {
			throw unknown(id);
		}
		return this.calls.find(caller.tenant(), call).orElseThrow(() -> unknown(id));
	}

	private static InvalidRequestException unknown(String id) {
		return InvalidRequestException
			.notFound("There is no call '%s' of a language model; GET /api/v1/model-calls lists them".formatted(id));
	}

	private static @Nullable UUID campaign(@Nullable String text) {
		if (text == null || text.isBlank()) {
			return null;
		}
		UUID campaign = uuid(text);
		if (campaign == null) {
			throw InvalidRequestException.badRequest("?campaign",
					"'%s' is not the id of a campaign; GET /api/v1/campaigns lists them".formatted(text));
		}
		return campaign;
	}

	private static @Nullable UUID uuid(String text) {
		try {
			return UUID.fromString(text);
		}
		catch (IllegalArgumentException invalid) {
			return null;
		}
	}

	private static @Nullable ModelPurpose purpose(@Nullable String text) {
		if (text == null || text.isBlank()) {
			return null;
		}
		return Stream.of(ModelPurpose.values())
			.filter((purpose) -> code(purpose).equals(text))
			.findAny()
			.orElseThrow(() -> InvalidRequestException.badRequest("?purpose",
					"'%s' is not a purpose; use one of %s".formatted(text,
							Stream.of(ModelPurpose.values())
								.map(ModelCallController::code)
								.collect(Collectors.joining(", ")))));
	}

	private static String code(ModelPurpose purpose) {
		return purpose.name().toLowerCase(Locale.ROOT);
	}

}
