package io.waypost.content.liquid;

import java.util.List;
import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.NothingStored;
import io.waypost.access.PreviewLimit;
import io.waypost.access.Requires;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Renders Liquid with the data of the request. It reads and stores nothing. */
@RestController
@RequestMapping("/api/v1/liquid/renders")
@Tag(name = "Templates")
@Requires(AccessRight.CHANGE_CONTENT)
class LiquidRenderController {

	private final LiquidEngine liquid;

	private final PreviewLimit previews;

	LiquidRenderController(LiquidEngine liquid, PreviewLimit previews) {
		this.liquid = liquid;
		this.previews = previews;
	}

	@PostMapping
	@NothingStored
	@Operation(summary = "Render Liquid",
			description = "Renders a text with the data of the request, with the limits of templates. Nothing is stored. "
					+ "With strict, an undefined variable is an error",
			responses = { @ApiResponse(responseCode = "200", description = "OK", useReturnTypeSchema = true),
					@ApiResponse(responseCode = "422",
							description = "/template: line 1, column 1: the tag 'if' is never closed; add {% endif %}"),
					@ApiResponse(responseCode = "429",
							description = "4 previews run at the same time, which is the maximum; retry in a second") })
	RenderedLiquid render(@RequestBody LiquidRenderRequest body) {
		String template = body.template();
		if (template == null) {
			throw InvalidRequestException.badRequest("/template", "is missing; name the Liquid text to render");
		}
		Map<String, @Nullable Object> data = (body.data() != null) ? body.data() : Map.of();
		return this.previews.call(() -> render(template, data, Boolean.TRUE.equals(body.strict())));
	}

	private RenderedLiquid render(String template, Map<String, @Nullable Object> data, boolean strict) {
		try {
			return new RenderedLiquid(this.liquid.renderOnce(template, data, strict));
		}
		catch (LiquidTemplateException ex) {
			throw refused(ex);
		}
	}

	private static InvalidRequestException refused(LiquidTemplateException failure) {
		InvalidRequestException problem = new InvalidRequestException(HttpStatus.UNPROCESSABLE_ENTITY,
				"/template: " + failure.getMessage(),
				List.of(new InvalidRequestException.Violation("/template", String.valueOf(failure.getMessage()))));
		problem.getBody().setProperty("line", failure.line());
		problem.getBody().setProperty("column", failure.column());
		return problem;
	}

	/**
	 * Request body.
	 *
	 * @param template Liquid
	 * @param data values of the variables, none when null
	 * @param strict whether an undefined variable is an error, false when null
	 */
	record LiquidRenderRequest(@Nullable String template, @Nullable Map<String, @Nullable Object> data,
			@Nullable Boolean strict) {

	}

	/**
	 * Response body.
	 *
	 * @param text the rendered text
	 */
	record RenderedLiquid(String text) {

	}

}
