package io.waypost.access.scim;

import java.util.Arrays;

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

/**
 * Groups by SCIM. The standard describes it, so it is not part of the API description.
 */
@RestController
@RequestMapping(path = "/scim/v2/Groups", produces = { ScimJson.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE })
@Hidden
@Requires(AccessRight.MANAGE_USERS)
class ScimGroupController {

	private final ScimGroups groups;

	private final ScimGroupRepository repository;

	private final String baseUrl;

	ScimGroupController(ScimGroups groups, ScimGroupRepository repository, PublicUrl publicUrl) {
		this.groups = groups;
		this.repository = repository;
		this.baseUrl = publicUrl.of("/scim/v2");
	}

	@GetMapping
	ObjectNode list(@AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable String filter,
			@RequestParam(required = false) @Nullable Integer startIndex,
			@RequestParam(required = false) @Nullable Integer count,
			@RequestParam(required = false) @Nullable String excludedAttributes) {
		ScimFilter wanted = ScimFilter.parse(filter, ScimGroupRepository.FILTERS);
		ScimPage page = ScimPage.of(startIndex, count);
		return ScimJson.list(this.repository.count(caller.tenant(), wanted), page.startIndex(),
				this.repository.list(caller.tenant(), wanted, page)
					.stream()
					.map((group) -> json(group, excludedAttributes))
					.toList());
	}

	@GetMapping("/{id}")
	ObjectNode get(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@RequestParam(required = false) @Nullable String excludedAttributes) {
		return json(this.groups.require(caller.tenant(), ScimId.of(id, "group")), excludedAttributes);
	}

	@PostMapping
	ResponseEntity<ObjectNode> create(@AuthenticationPrincipal Caller caller, @RequestBody JsonNode body) {
		ObjectNode group = json(this.groups.create(caller, ScimGroup.State.of(body)), null);
		return ResponseEntity.status(HttpStatus.CREATED)
			.header("Location", group.path("meta").path("location").asText())
			.body(group);
	}

	@PutMapping("/{id}")
	ObjectNode replace(@AuthenticationPrincipal Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
		return json(this.groups.replace(caller, ScimId.of(id, "group"), ScimGroup.State.of(body)), null);
	}

	/** Entra expects no content, Okta accepts it. */
	@PatchMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void patch(@AuthenticationPrincipal Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
		this.groups.patch(caller, ScimId.of(id, "group"), body);
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		this.groups.delete(caller, ScimId.of(id, "group"));
	}

	private ObjectNode json(ScimGroup group, @Nullable String excludedAttributes) {
		ObjectNode json = group.toJson(this.baseUrl);
		if (excludedAttributes != null && Arrays.stream(excludedAttributes.split(","))
			.map(String::trim)
			.anyMatch("members"::equalsIgnoreCase)) {
			json.remove("members");
		}
		return json;
	}

}
