package io.waypost.content;

import java.util.Map;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequest;
import io.waypost.access.Right;
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
@RequestMapping("/api/v1/brands")
class BrandController {

	private final BrandKits brands;

	BrandController(BrandKits brands) {
		this.brands = brands;
	}

	@GetMapping
	Page<BrandVersion> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		int before = Cursor.read(cursor, BrandKits.KEY, Integer.MAX_VALUE).number();
		return Cursor.page(this.brands.list(caller.tenant(), before, Cursor.limit(limit) + 1), Cursor.limit(limit),
				(last) -> new Cursor(last.key(), last.kit().version()));
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	BrandKit add(@AuthenticationPrincipal Caller caller, @RequestBody BrandBody body) {
		Right.CHANGE_CONTENT.require(caller);
		return this.brands.add(caller.tenant(), "user:" + caller.name(), body.toBrandKit());
	}

	@PostMapping("/{key}/versions/{version}/approve")
	Map<String, Object> approve(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@PathVariable int version) {
		Right.CHANGE_CONTENT.require(caller);
		if (!key.equals(BrandKits.KEY) || !this.brands.approve(caller.tenant(), "user:" + caller.name(), version)) {
			throw InvalidRequest.notFound(
					"There is no version %d of brand '%s'; GET /api/v1/brands lists them".formatted(version, key));
		}
		return Map.of("key", key, "version", version, "live", true);
	}

}
