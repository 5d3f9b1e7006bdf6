package io.waypost.content;

import java.util.List;
import java.util.Map;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
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
class TemplateController {

	private final Templates templates;

	private final Liquid liquid;

	TemplateController(Templates templates, Liquid liquid) {
		this.templates = templates;
		this.liquid = liquid;
	}

	@GetMapping
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
	Template add(@AuthenticationPrincipal Caller caller, @RequestBody TemplateBody body) {
		Editors.require(caller);
		return this.templates.add(caller.tenant(), "user:" + caller.name(), body.toTemplate(this.liquid));
	}

	@PostMapping("/{key}/versions/{version}/approve")
	Map<String, Object> approve(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@PathVariable int version) {
		Editors.require(caller);
		if (!this.templates.approve(caller.tenant(), "user:" + caller.name(), key, version)) {
			throw InvalidRequest.notFound("There is no version %d of template '%s'; GET /api/v1/templates lists them"
				.formatted(version, key));
		}
		return Map.of("key", key, "version", version, "live", true);
	}

}
