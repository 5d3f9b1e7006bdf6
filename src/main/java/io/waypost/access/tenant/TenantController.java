package io.waypost.access.tenant;

import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waypost.access.AccessRight;
import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.InvalidRequestException.Violation;
import io.waypost.access.Requires;
import io.waypost.access.limit.LimitOverrides;
import io.waypost.access.limit.TenantLimits;
import io.waypost.database.TenantScope;
import io.waypost.kernel.Cursor;
import io.waypost.kernel.Page;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tenants")
@Tag(name = "Tenants", description = "Organisations whose data is separate from each other")
@Requires(AccessRight.MANAGE_TENANTS)
class TenantController {

	private final Tenants tenants;

	private final TenantLimits limits;

	TenantController(Tenants tenants, TenantLimits limits) {
		this.tenants = tenants;
		this.limits = limits;
	}

	record TenantRequest(@Nullable String id) {

	}

	record TenantResponse(String id) {

	}

	record RegionAssignment(@Nullable String region) {

	}

	@GetMapping
	@Operation(summary = "List all tenants")
	Page<Tenants.Tenant> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "100") int limit,
			@RequestParam(required = false) @Nullable String cursor) {
		int size = Cursor.limit(limit);
		String after = Cursor.decode(cursor, 1).map((last) -> last.text(0)).orElse("");
		return Cursor.page(this.tenants.list(after, size + 1), size, (last) -> Cursor.of(last.id().value()));
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Create a tenant")
	TenantResponse create(@AuthenticationPrincipal Caller caller, @RequestBody TenantRequest body) {
		TenantId id = id((body.id() != null) ? body.id() : "");
		TenantScope.run(id, () -> this.tenants.create(id, caller.actor()));
		return new TenantResponse(id.value());
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete a tenant that has no accounts; its data and ledger stay")
	void delete(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		TenantId tenant = id(id);
		TenantScope.run(tenant, () -> this.tenants.delete(tenant, caller.actor()));
	}

	@GetMapping("/{id}/limits")
	@Operation(summary = "Show the limits of a tenant that differ from the settings")
	LimitOverrides limits(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
		TenantId tenant = id(id);
		this.tenants.requireExisting(tenant);
		return this.limits.overrides(tenant);
	}

	@PutMapping("/{id}/limits")
	@Operation(summary = "Set limits of a tenant that differ from the settings",
			description = "A limit that is absent or null follows the settings. A quota of 0 means none")
	LimitOverrides changeLimits(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@RequestBody LimitOverrides body) {
		TenantId tenant = id(id);
		this.tenants.requireExisting(tenant);
		List<Violation> violations = body.violations();
		if (!violations.isEmpty()) {
			throw InvalidRequestException.badRequest(violations);
		}
		TenantScope.run(tenant, () -> this.limits.change(tenant, body, caller.actor()));
		return body;
	}

	@PutMapping("/{id}/region")
	@Operation(summary = "Assign a tenant to a region, or with null to all regions",
			description = "Nodes of other regions refuse its requests with 421 and leave its data alone. The data is not moved")
	RegionAssignment assignRegion(@AuthenticationPrincipal Caller caller, @PathVariable String id,
			@RequestBody RegionAssignment body) {
		TenantId tenant = id(id);
		return TenantScope.anywhere(() -> {
			this.tenants.assignRegion(tenant, body.region(), caller.actor());
			return body;
		});
	}

	private static TenantId id(String text) {
		try {
			return new TenantId(text);
		}
		catch (IllegalArgumentException ex) {
			throw InvalidRequestException.badRequest("/id", String.valueOf(ex.getMessage()));
		}
	}

}
