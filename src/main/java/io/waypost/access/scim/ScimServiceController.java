package io.waypost.access.scim;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Hidden;
import io.waypost.access.AccessRight;
import io.waypost.access.PublicUrl;
import io.waypost.access.Requires;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the SCIM service supports: configuration, resource types and schemas. */
@RestController
@RequestMapping(path = "/scim/v2", produces = { ScimJson.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE })
@Hidden
@Requires(AccessRight.MANAGE_USERS)
class ScimServiceController {

	private final ObjectNode description;

	private final String baseUrl;

	ScimServiceController(ObjectMapper mapper, PublicUrl publicUrl) throws IOException {
		try (InputStream file = Objects
			.requireNonNull(ScimServiceController.class.getResourceAsStream("/access/scim.json"))) {
			this.description = (ObjectNode) mapper.readTree(file);
		}
		this.baseUrl = publicUrl.of("/scim/v2");
	}

	@GetMapping("/ServiceProviderConfig")
	JsonNode configuration() {
		return located((ObjectNode) this.description.get("ServiceProviderConfig"), "ServiceProviderConfig");
	}

	@GetMapping("/ResourceTypes")
	ObjectNode resourceTypes() {
		return list("ResourceTypes");
	}

	@GetMapping("/ResourceTypes/{id}")
	ObjectNode resourceType(@PathVariable String id) {
		return find("ResourceTypes", id);
	}

	@GetMapping("/Schemas")
	ObjectNode schemas() {
		return list("Schemas");
	}

	@GetMapping("/Schemas/{id}")
	ObjectNode schema(@PathVariable String id) {
		return find("Schemas", id);
	}

	private ObjectNode list(String type) {
		List<ObjectNode> resources = this.description.get(type)
			.valueStream()
			.map((resource) -> located((ObjectNode) resource, type + "/" + resource.path("id").asText()))
			.toList();
		return ScimJson.list(resources.size(), 1, resources);
	}

	private ObjectNode find(String type, String id) {
		return this.description.get(type)
			.valueStream()
			.filter((resource) -> resource.path("id").asText().equals(id))
			.findFirst()
			.map((resource) -> located((ObjectNode) resource, type + "/" + id))
			.orElseThrow(() -> ScimException.notFound("%s has no '%s'".formatted(type, id)));
	}

	private ObjectNode located(ObjectNode resource, String path) {
		ObjectNode copy = resource.deepCopy();
		copy.withObjectProperty("meta").put("location", this.baseUrl + "/" + path);
		return copy;
	}

}
