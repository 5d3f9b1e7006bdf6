package io.waypost.agent.llm.prompt;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
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

/** Shows, adds and approves versions of prompts. */
@RestController
@RequestMapping("/api/v1/prompts")
@Tag(name = "Language models")
@Requires(AccessRight.READ_CONTENT)
class PromptController {

	private final PromptAdministration prompts;

	PromptController(PromptAdministration prompts) {
		this.prompts = prompts;
	}

	@GetMapping
	@Operation(summary = "List versions of the prompt that writes e-mail, newest first",
			description = "Version 1 is the text shipped with the product")
	Page<PromptVersion> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "50") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		int before = Cursor.decode(cursor, 1).map((after) -> after.number(0)).orElse(Integer.MAX_VALUE);
		int size = Cursor.limit(limit);
		return Cursor.page(this.prompts.list(caller.tenant(), before, size + 1), size,
				(last) -> Cursor.of(last.version()));
	}

	@PostMapping
	@Requires(AccessRight.CHANGE_CONTENT)
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Add a version of a prompt",
			description = "It is used after its approval. The product appends that text in a request is data")
	PromptVersion add(@AuthenticationPrincipal Caller caller, @RequestBody PromptBody body) {
		return this.prompts.add(caller, body);
	}

	@PostMapping("/{name}/versions/{version}/approve")
	@Requires(AccessRight.CHANGE_CONTENT)
	@Operation(summary = "Approve a version of a prompt",
			description = "Needs another person than the author. Approve an older version to go back to it")
	PromptVersion approve(@AuthenticationPrincipal Caller caller, @PathVariable String name,
			@PathVariable int version) {
		return this.prompts.approve(caller, name, version);
	}

}
