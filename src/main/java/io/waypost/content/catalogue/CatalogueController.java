package io.waypost.content.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.Operation;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.access.JsonBody;
import io.waypost.access.Requires;
import io.waypost.content.CatalogueItem;
import io.waypost.content.ProductCatalogue;
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
@RequestMapping("/api/v1/catalog/items")
@Requires(AccessRight.READ_CONTENT)
class CatalogueController {

	private static final int MAX_ITEMS = 5_000;

	private static final int MAX_VIOLATIONS = 100;

	private final ProductCatalogue catalogue;

	private final ObjectMapper json;

	CatalogueController(ProductCatalogue catalogue, ObjectMapper json) {
		this.catalogue = catalogue;
		this.json = json;
	}

	@GetMapping
	Page<ProductBody> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		String after = Cursor.decode(cursor, 1).map((last) -> last.text(0)).orElse("");
		int size = Cursor.limit(limit);
		Page<CatalogueItem> page = Cursor.page(this.catalogue.list(caller.tenant(), after, size + 1), size,
				(last) -> Cursor.of(last.product().id()));
		return new Page<>(page.items().stream().map(ProductBody::of).toList(), page.nextCursor());
	}

	/** Accepts one item or an array of items. Saves all of them or none. */
	@PostMapping
	@Requires(AccessRight.CHANGE_CONTENT)
	@ResponseStatus(HttpStatus.CREATED)
	Map<String, Object> save(@AuthenticationPrincipal Caller caller,
			@RequestBody @JsonBody(ProductBody.class) JsonNode body) {
		List<Violation> violations = new ArrayList<>();
		List<CatalogueItem> items = items(body, violations);
		if (!violations.isEmpty()) {
			throw InvalidRequestException.badRequest(violations.stream().limit(MAX_VIOLATIONS).toList());
		}
		this.catalogue.save(caller.tenant(), caller.actor(), items);
		return Map.of("saved", items.size());
	}

	@GetMapping("/{id}/versions")
	@Operation(summary = "List the versions of an item, newest first")
	Page<ItemVersion> versions(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@RequestParam(defaultValue = "100") int limit, @RequestParam(required = false) @Nullable String cursor) {
		int before = Cursor.decode(cursor, 1).map((after) -> after.number(0)).orElse(Integer.MAX_VALUE);
		int size = Cursor.limit(limit);
		return Cursor.page(
				this.catalogue.versions(caller.tenant(), id, before, size + 1).stream().map(ItemVersion::of).toList(),
				size, (last) -> Cursor.of(last.version()));
	}

	/**
	 * A saved state of an item.
	 *
	 * @param version version number
	 * @param item the item
	 * @param createdBy the user who saved it
	 * @param createdAt time at which it was saved
	 */
	record ItemVersion(int version, ProductBody item, String createdBy, Instant createdAt) {

		static ItemVersion of(ProductCatalogue.ProductVersion version) {
			return new ItemVersion(version.version(), ProductBody.of(version.item()), version.createdBy(),
					version.createdAt());
		}

	}

	private List<CatalogueItem> items(JsonNode body, List<Violation> violations) {
		if (body.size() > MAX_ITEMS && body.isArray()) {
			throw InvalidRequestException.badRequest("",
					"has %d items; send at most %d at a time".formatted(body.size(), MAX_ITEMS));
		}
		List<CatalogueItem> items = new ArrayList<>();
		for (int i = 0; i < (body.isArray() ? body.size() : 1); i++) {
			String pointer = body.isArray() ? "/" + i : "";
			CatalogueItem item = item(pointer, body.isArray() ? body.get(i) : body, violations);
			if (item != null) {
				items.add(item);
			}
		}
		return items;
	}

	private @Nullable CatalogueItem item(String pointer, JsonNode node, List<Violation> violations) {
		if (!node.isObject()) {
			violations.add(new Violation(pointer, "is not an object with id, name, category, price, currency and url"));
			return null;
		}
		try {
			return this.json.treeToValue(node, ProductBody.class).toItem(pointer, violations);
		}
		catch (JsonProcessingException ex) {
			violations.add(new Violation(pointer, ex.getOriginalMessage()));
			return null;
		}
	}

}
