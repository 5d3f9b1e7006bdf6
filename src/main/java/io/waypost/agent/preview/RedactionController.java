package io.waypost.agent.preview;

import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.NothingStored;
import io.waypost.access.PreviewLimit;
import io.waypost.access.Requires;
import io.waypost.agent.pii.PersonalDataDetector;
import io.waypost.agent.pii.PersonalDataEntity;
import io.waypost.identity.TextRuns;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Finds and replaces personal data in a text of the request. It stores nothing. */
@RestController
@RequestMapping("/api/v1/redactions")
@Tag(name = "Templates")
@Requires(AccessRight.CHANGE_CONTENT)
class RedactionController {

	private static final int MAX_TEXT_LENGTH = 50_000;

	private final PersonalDataDetector detector;

	private final PreviewLimit previews;

	RedactionController(PersonalDataDetector detector, PreviewLimit previews) {
		this.detector = detector;
		this.previews = previews;
	}

	@PostMapping
	@NothingStored
	@Operation(summary = "Redact a text",
			description = "Replaces personal data by tokens such as <<PII:EMAIL_ADDRESS:1>>; equal values get equal "
					+ "tokens. start and end count Unicode code points of the given text. Nothing is stored",
			responses = { @ApiResponse(responseCode = "200", description = "OK", useReturnTypeSchema = true),
					@ApiResponse(responseCode = "429",
							description = "4 previews run at the same time, which is the maximum; retry in a second") })
	RedactedText redact(@RequestBody RedactionRequest body) {
		String text = body.text();
		if (text == null) {
			throw InvalidRequestException.badRequest("/text", "is missing; name the text to redact");
		}
		if (text.length() > MAX_TEXT_LENGTH) {
			throw InvalidRequestException.badRequest("/text",
					"has %d characters; split it into texts of at most %d".formatted(text.length(), MAX_TEXT_LENGTH));
		}
		if (!TextRuns.isReadable(text)) {
			throw InvalidRequestException.badRequest("/text",
					"has a run of more than 500 characters without spaces or 300 without letters; leave it out");
		}
		Locale locale = locale(body.locale());
		return this.previews.call(() -> redacted(text, this.detector.find(text, locale)));
	}

	private static Locale locale(@Nullable String tag) {
		try {
			return new Locale.Builder().setLanguageTag((tag != null) ? tag : "en").build();
		}
		catch (IllformedLocaleException ex) {
			throw InvalidRequestException.badRequest("/locale",
					"'%s' is not a BCP 47 tag; use for example en-GB".formatted(tag));
		}
	}

	private static RedactedText redacted(String text, List<PersonalDataEntity> entities) {
		Map<String, String> tokens = new HashMap<>();
		Map<String, Integer> counts = new HashMap<>();
		StringBuilder redacted = new StringBuilder();
		int copied = 0;
		for (PersonalDataEntity entity : entities) {
			String type = entity.type().name();
			String token = tokens.computeIfAbsent(type + ':' + text.substring(entity.start(), entity.end()),
					(value) -> "<<PII:%s:%d>>".formatted(type, counts.merge(type, 1, Integer::sum)));
			redacted.append(text, copied, entity.start()).append(token);
			copied = entity.end();
		}
		redacted.append(text, copied, text.length());
		return new RedactedText(redacted.toString(),
				entities.stream()
					.map((entity) -> new RedactedEntity(entity.type().name(), text.codePointCount(0, entity.start()),
							text.codePointCount(0, entity.end()), entity.score()))
					.toList());
	}

	/**
	 * Request body.
	 *
	 * @param text any text
	 * @param locale BCP 47 tag of the text, en when null
	 */
	record RedactionRequest(@Nullable String text, @Nullable String locale) {

	}

	/**
	 * Response body.
	 *
	 * @param text the text with tokens
	 * @param entities what was found, in the order of the text
	 */
	record RedactedText(String text, List<RedactedEntity> entities) {

	}

	/**
	 * Personal data in the given text.
	 *
	 * @param type kind, with the name that Microsoft Presidio uses
	 * @param start index of the first code point
	 * @param end index after the last code point
	 * @param score 0 to 1
	 */
	record RedactedEntity(String type, int start, int end, double score) {

	}

}
