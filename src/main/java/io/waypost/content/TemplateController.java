package io.waypost.content;

import java.util.List;
import java.util.Map;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.Caller;
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

	private final Templates templates;

	private final TemplateDesk desk;

	TemplateController(Templates templates, TemplateDesk desk) {
		this.templates = templates;
		this.desk = desk;
	}

	@GetMapping
	@Operation(summary = "List versions by key, newest first within a key")
	Page<TemplateVersion> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		Cursor after = Cursor.read(cursor, "", Integer.MAX_VALUE);
		List<TemplateVersion> found = this.templates.list(caller.tenant(), after.key(), after.number(),
				Cursor.limit(limit) + 1);
		return Cursor.page(found, Cursor.limit(limit),
				(last) -> new Cursor(last.template().key(), last.template().version()));
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Add a version", description = "It is used by nobody before it is approved. The answer names "
			+ "what the brand kit check found; findings that are blocking stand in the way of approval")
	CheckedTemplate add(@AuthenticationPrincipal Caller caller, @RequestBody TemplateBody body) {
		Template added = this.desk.add(caller, body);
		return new CheckedTemplate(added, this.desk.check(caller.tenant(), added));
	}

	@GetMapping("/{key}")
	@Operation(summary = "Show all versions of a template, and which is live in each language")
	TemplateHistory history(@AuthenticationPrincipal Caller caller, @PathVariable String key) {
		return this.desk.history(caller.tenant(), key);
	}

	@GetMapping("/{key}/diff")
	@Operation(summary = "Compare two versions field by field, word by word")
	TemplateDiff diff(@AuthenticationPrincipal Caller caller, @PathVariable String key, @RequestParam int from,
			@RequestParam int to) {
		return this.desk.diff(caller.tenant(), key, from, to);
	}

	@GetMapping("/{key}/versions/{version}")
	@Operation(summary = "Show one version with what the brand kit check finds in it now")
	CheckedTemplate version(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@PathVariable int version) {
		Template template = this.desk.require(caller.tenant(), key, version);
		return new CheckedTemplate(template, this.desk.check(caller.tenant(), template));
	}

	@PostMapping("/{key}/versions/{version}/approve")
	@Operation(summary = "Put a version live", description = "From then on new messages in its language use it, also "
			+ "when it is an older one. Refused with 409 when the brand kit check finds something blocking")
	Map<String, Object> approve(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@PathVariable int version) {
		this.desk.approve(caller, key, version);
		return Map.of("key", key, "version", version, "live", true);
	}

}
