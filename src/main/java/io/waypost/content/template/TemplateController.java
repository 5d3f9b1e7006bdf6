package io.waypost.content.template;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.content.Template;
import io.waypost.content.TemplateAdministration;
import io.waypost.content.TemplateBody;
import io.waypost.content.TemplateDiff;
import io.waypost.content.TemplateFinding;
import io.waypost.content.TemplateHistory;
import io.waypost.content.TemplateRepository;
import io.waypost.content.TemplateVersion;
import io.waypost.kernel.Cursor;
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
@Tag(name = "Templates", description = "E-mail templates and their versions")
@Requires(AccessRight.READ_CONTENT)
class TemplateController {

	private final TemplateRepository templates;

	private final TemplateAdministration administration;

	TemplateController(TemplateRepository templates, TemplateAdministration administration) {
		this.templates = templates;
		this.administration = administration;
	}

	@GetMapping
	@Operation(summary = "List versions by key, newest first within a key")
	Page<TemplateVersion> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		Cursor after = Cursor.decode(cursor, 2).orElseGet(() -> Cursor.of("", Integer.MAX_VALUE));
		int size = Cursor.limit(limit);
		List<TemplateVersion> versions = this.templates.list(caller.tenant(), after.text(0), after.number(1), size + 1);
		return Cursor.page(versions, size, (last) -> Cursor.of(last.template().key(), last.template().version()));
	}

	@PostMapping
	@Requires(AccessRight.CHANGE_CONTENT)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Add a version", description = "The version is not used before it is approved. The response "
			+ "lists the findings of the brand kit check; blocking findings prevent approval")
	CheckedTemplate add(@AuthenticationPrincipal Caller caller, @RequestBody TemplateBody body) {
		Template added = this.administration.add(caller, body);
		return new CheckedTemplate(added, this.administration.check(caller.tenant(), added));
	}

	@GetMapping("/{key}")
	@Operation(summary = "Show all versions of a template and the live version per language")
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
	@Operation(summary = "Show a version and the findings of the brand kit check")
	CheckedTemplate version(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@PathVariable int version) {
		Template template = this.administration.require(caller.tenant(), key, version);
		return new CheckedTemplate(template, this.administration.check(caller.tenant(), template));
	}

	@PostMapping("/{key}/versions/{version}/approve")
	@Requires(AccessRight.CHANGE_CONTENT)
	@Operation(summary = "Approve a version", description = "The version becomes live: new messages in its language "
			+ "use it. An older version may be approved again. 409 when the brand kit check has a blocking finding, and "
			+ "for the author of a version with warnings: another person has to approve it")
	Map<String, Object> approve(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@PathVariable int version) {
		this.administration.approve(caller, key, version);
		return Map.of("key", key, "version", version, "live", true);
	}

	/**
	 * A version with its findings.
	 *
	 * @param template the content
	 * @param findings findings of the brand kit check, most severe first
	 */
	record CheckedTemplate(@JsonUnwrapped Template template, List<TemplateFinding> findings) {

	}

}
