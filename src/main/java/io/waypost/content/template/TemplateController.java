package io.waypost.content.template;

import java.util.List;
import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.Caller;
import io.waypost.content.Template;
import io.waypost.content.TemplateAdministration;
import io.waypost.content.TemplateBody;
import io.waypost.content.TemplateDiff;
import io.waypost.content.TemplateHistory;
import io.waypost.content.TemplateRepository;
import io.waypost.content.TemplateVersion;
import io.waypost.content.request.ContentCursor;
import io.waypost.kernel.Page;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/templates")
@Tag(name = "Templates", description = "What messages say, version by version")
class TemplateController {

	private final TemplateRepository templates;

	private final TemplateAdministration administration;

	TemplateController(TemplateRepository templates, TemplateAdministration desk) {
		this.templates = templates;
		this.administration = desk;
	}

	@GetMapping
	@Operation(summary = "List versions by key, newest first within a key")
	Page<TemplateVersion> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		ContentCursor after = ContentCursor.read(cursor, "", Integer.MAX_VALUE);
		List<TemplateVersion> found = this.templates.list(caller.tenant(), after.key(), after.number(),
				ContentCursor.limit(limit) + 1);
		return ContentCursor.page(found, ContentCursor.limit(limit),
				(last) -> new ContentCursor(last.template().key(), last.template().version()));
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Add a version", description = "It is used by nobody before it is approved. The answer names "
			+ "what the brand kit check found; findings that are blocking stand in the way of approval")
	CheckedTemplate add(@AuthenticationPrincipal Caller caller, @RequestBody TemplateBody body) {
		Template added = this.administration.add(caller, body);
		return new CheckedTemplate(added, this.administration.check(caller.tenant(), added));
	}

	@GetMapping("/{key}")
	@Operation(summary = "Show all versions of a template, and which is live in each language")
	TemplateHistory history(@AuthenticationPrincipal Caller caller, @PathVariable String key) {
		return this.administration.history(caller.tenant(), key);
	}

	@GetMapping("/{key}/diff")
	@Operation(summary = "Compare two versions field by field, word by word")
	TemplateDiff diff(@AuthenticationPrincipal Caller caller, @PathVariable String key, @RequestParam int from,
			@RequestParam int to) {
		return this.administration.diff(caller.tenant(), key, from, to);
	}

	@GetMapping("/{key}/versions/{version}")
	@Operation(summary = "Show one version with what the brand kit check finds in it now")
	CheckedTemplate version(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@PathVariable int version) {
		Template template = this.administration.require(caller.tenant(), key, version);
		return new CheckedTemplate(template, this.administration.check(caller.tenant(), template));
	}

	@PostMapping("/{key}/versions/{version}/approve")
	@Operation(summary = "Put a version live", description = "From then on new messages in its language use it, also "
			+ "when it is an older one. Refused with 409 when the brand kit check finds something blocking")
	Map<String, Object> approve(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@PathVariable int version) {
		this.administration.approve(caller, key, version);
		return Map.of("key", key, "version", version, "live", true);
	}

}
