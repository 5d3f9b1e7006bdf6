package io.waypost.access.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Hidden;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.PublicUrl;
import io.waypost.access.Requires;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Users by SCIM. The standard describes it, so it is not part of the API description. */
@RestController
@RequestMapping(path = "/scim/v2/Users", produces = { ScimJson.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE })
@Hidden
@Requires(AccessRight.MANAGE_USERS)
class ScimUserController {

	private final ScimUsers users;

	private final ScimUserRepository repository;

	private final String baseUrl;

	ScimUserController(ScimUsers users, ScimUserRepository repository, PublicUrl publicUrl) {
		this.users = users;
		this.repository = repository;
		this.baseUrl = publicUrl.of("/scim/v2");
	}

	@GetMapping
	ObjectNode list(@AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable String filter,
			@RequestParam(required = false) @Nullable Integer startIndex,
			@RequestParam(required = false) @Nullable Integer count) {
		ScimFilter wanted = ScimFilter.parse(filter, ScimUserRepository.FILTERS);
		ScimPage page = ScimPage.of(startIndex, count);
		return ScimJson.list(this.repository.count(caller.tenant(), wanted), page.startIndex(),
				this.repository.list(caller.tenant(), wanted, page)
					.stream()
					.map((user) -> user.toJson(this.baseUrl))
					.toList());
	}

	@GetMapping("/{id}")
	ObjectNode get(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		return this.users.require(caller.tenant(), ScimId.of(id, "user")).toJson(this.baseUrl);
	}

	@PostMapping
	ResponseEntity<ObjectNode> create(@AuthenticationPrincipal Caller caller, @RequestBody JsonNode body) {
		ObjectNode user = this.users.create(caller, ScimUser.State.of(body)).toJson(this.baseUrl);
		return ResponseEntity.status(HttpStatus.CREATED)
			.header("Location", user.path("meta").path("location").asText())
			.body(user);
	}

	@PutMapping("/{id}")
	ObjectNode replace(@AuthenticationPrincipal Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
		return this.users.replace(caller, ScimId.of(id, "user"), ScimUser.State.of(body)).toJson(this.baseUrl);
	}

	@PatchMapping("/{id}")
	ObjectNode patch(@AuthenticationPrincipal Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
		return this.users.patch(caller, ScimId.of(id, "user"), body).toJson(this.baseUrl);
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		this.users.delete(caller, ScimId.of(id, "user"));
	}

}
