package io.waypost.content.brand;

import java.util.Map;

import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.Requires;
import io.waypost.content.BrandKit;
import io.waypost.content.BrandKitRepository;
import io.waypost.content.BrandKitRepository.BrandVersion;
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
@RequestMapping("/api/v1/brands")
@Requires(AccessRight.READ_CONTENT)
class BrandController {

	private final BrandKitRepository brands;

	private final BrandKitApproval approval;

	BrandController(BrandKitRepository brands, BrandKitApproval approval) {
		this.brands = brands;
		this.approval = approval;
	}

	@GetMapping
	Page<BrandVersion> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		int before = Cursor.decode(cursor, 1).map((after) -> after.number(0)).orElse(Integer.MAX_VALUE);
		int size = Cursor.limit(limit);
		return Cursor.page(this.brands.list(caller.tenant(), before, size + 1), size,
				(last) -> Cursor.of(last.kit().version()));
	}

	@PostMapping
	@Requires(AccessRight.CHANGE_CONTENT)
	@ResponseStatus(HttpStatus.CREATED)
	BrandKit add(@AuthenticationPrincipal Caller caller, @RequestBody BrandBody body) {
		return this.brands.add(caller.tenant(), caller.actor(), body.toBrandKit());
	}

	@PostMapping("/{key}/versions/{version}/approve")
	@Requires(AccessRight.CHANGE_CONTENT)
	Map<String, Object> approve(@AuthenticationPrincipal Caller caller, @PathVariable String key,
			@PathVariable int version) {
		this.approval.approve(caller, key, version);
		return Map.of("key", key, "version", version, "live", true);
	}

}
